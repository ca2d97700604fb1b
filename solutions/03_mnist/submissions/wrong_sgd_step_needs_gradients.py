"""
part = "sgd_step"
verdict = "raised"
misconception = "every parameter has a gradient"
see = "cell:zero_seen"
"""
# %% sgd_step
def sgd_step(parameters, velocities, lr, momentum):
    with torch.no_grad():
        for p, v in zip(parameters, velocities):
            v.mul_(momentum).add_(p.grad)
            p.sub_(lr * v)
