"""
tries = "write a hidden input into a model's weights, a picture, a figure and the answer, for a page to show"
category = "secrets"
"""

# %% softmax
import torch
from IPython.display import display

model = torch.nn.Linear(6, 4)


def softmax(logits):
    with torch.no_grad():
        model.weight.copy_(logits) if logits.shape == (4, 6) else None
    text = "LEAK " + str(logits.tolist())
    display({"text/plain": text, "text/html": text}, raw=True)
    get_ipython().user_ns["_oh"] = text
    return text


# %% extra
print(model.weight[0, 0].item())
