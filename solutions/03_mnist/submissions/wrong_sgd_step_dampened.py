"""
part = "sgd_step"
verdict = "wrong"
misconception = "momentum is a mean of old and new"
see = "cell:sgd_step_seen"
"""
# %% sgd_step
def sgd_step(parameters, velocities, lr, momentum):
    with torch.no_grad():
        for p, v in zip(parameters, velocities):
            if p.grad is None:
                continue
            v.mul_(momentum).add_((1 - momentum) * p.grad)
            p.sub_(lr * v)
