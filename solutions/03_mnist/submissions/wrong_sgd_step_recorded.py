"""
part = "sgd_step"
verdict = "raised"
misconception = "a parameter is a tensor like any other"
see = "cell:sgd_step_seen"
"""
# %% sgd_step
def sgd_step(parameters, velocities, lr, momentum):
    if True:
        for p, v in zip(parameters, velocities):
            if p.grad is None:
                continue
            v.mul_(momentum).add_(p.grad)
            p -= lr * v
