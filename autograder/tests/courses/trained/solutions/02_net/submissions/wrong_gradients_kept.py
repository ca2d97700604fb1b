"""
part = "train_step"
verdict = "wrong"
misconception = "backward replaces the gradients"
see = "cell:training"
"""

# %% train_step
def train_step(model, optimizer, x, y):
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()
    return float(loss)
