"""
part = "sgd_step"
verdict = "wrong"
misconception = "a new tensor in the list is the same tensor with new numbers"
see = "cell:sgd_step_seen"
"""
# %% sgd_step
def sgd_step(parameters, velocities, lr, momentum):
    with torch.no_grad():
        for i, p in enumerate(parameters):
            if p.grad is not None:
                velocities[i] = momentum * velocities[i] + p.grad
                p -= lr * velocities[i]
