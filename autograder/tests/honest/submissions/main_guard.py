"""
note = "a main function behind a guard, arguments parsed, a script's habits"
"""

# %% extra
import argparse


def main(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=1)
    print(parser.parse_args(argv or []))


if __name__ == "__main__":
    main()


# %% softmax
def softmax(logits):
    if __name__ != "__main__":
        raise RuntimeError("a notebook runs as __main__")
    return logits.softmax(1)
