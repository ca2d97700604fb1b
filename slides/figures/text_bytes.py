"""One word as characters, as code points, and as bytes in three encodings."""

from matplotlib.figure import Figure
from style import canvas, cell, label, save

WORD = "Zoé ♥"
WASHES = ["panel", "panel", "amberwash", "panel", "redwash"]


def draw() -> Figure:
    """Return the characters above and their bytes below, one wash a character."""
    figure, axes = canvas(1136, 340)
    label(axes, 12, 42, "characters")
    label(axes, 12, 124, "UTF-8", bold=True)
    label(axes, 12, 206, "cp1252")
    label(axes, 12, 288, "UTF-16-LE")
    for row, encoding in enumerate(("", "utf-8", "cp1252", "utf-16-le")):
        x = 190.0
        for character, wash in zip(WORD, WASHES, strict=True):
            written = _bytes(character, encoding)
            for text in written:
                ghost = text == "none"
                cell(axes, x, 12 + 82 * row, text, size=64, height=60, fill=wash, ghost=ghost)
                x += 64
            x += 10
        if encoding:
            count = sum(len(_bytes(character, encoding)) for character in WORD)
            note = "no ♥ at all: an error" if encoding == "cp1252" else f"{count} bytes"
            label(axes, max(x + 14, 800), 42 + 82 * row, note, colour="red" if encoding == "cp1252" else "muted")
    label(axes, 800, 42, "5 characters", colour="muted")
    return figure


def _bytes(character: str, encoding: str) -> list[str]:
    if not encoding:
        return [character.replace(" ", "␣")]
    try:
        return [f"{byte:02x}" for byte in character.encode(encoding)]
    except UnicodeEncodeError:
        return ["none"]


if __name__ == "__main__":
    save(draw(), __file__)
