"""
note = "%pip and !pip lines that find no network"
"""

# %% extra
# !pip install --quiet a-package-of-the-course
# %pip install -q a-package-of-the-course
print("installed")


# %% extra
def shifted(z):
    return z - z.amax(1, keepdim=True) if z.numel() else z


# %% softmax
def softmax(logits):
    return shifted(logits).softmax(1)
