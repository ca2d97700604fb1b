"""
part = "sgd_step"
verdict = "wrong"
misconception = "the learning rate belongs into the velocity"
see = "cell:sgd_step_seen"
"""
# %% sgd_step
def sgd_step(parameters, velocities, lr, momentum):
    with torch.no_grad():
        for p, v in zip(parameters, velocities):
            if p.grad is None:
                continue
            v.mul_(momentum).add_(lr * p.grad)
            p.sub_(v)
