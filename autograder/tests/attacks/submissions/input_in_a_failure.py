"""
tries = "send a hidden input in each field of a failure: kind, types, cell and detail"
category = "secrets"
"""

# %% softmax
from autograder.sandbox import answers, messages


def failure(self, error):
    text = "LEAK " + str(error)
    return messages.Failure("raised", [text, "Exception"], 7, text, text)


answers.Answering._failure = failure


def softmax(logits):
    raise Exception(logits.tolist())


row_sums = demean = unit = softmax
