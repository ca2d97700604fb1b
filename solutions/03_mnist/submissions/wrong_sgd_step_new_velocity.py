"""
part = "sgd_step"
verdict = "wrong"
misconception = "`v = …` changes the caller's list"
see = "cell:sgd_step_seen"
"""
# %% sgd_step
def sgd_step(parameters, velocities, lr, momentum):
    with torch.no_grad():
        for p, v in zip(parameters, velocities):
            if p.grad is None:
                continue
            v = momentum * v + p.grad
            p -= lr * v
