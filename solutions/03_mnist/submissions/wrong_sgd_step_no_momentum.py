"""
part = "sgd_step"
verdict = "wrong"
misconception = "the velocity is for show"
see = "cell:sgd_step_seen"
"""
# %% sgd_step
def sgd_step(parameters, velocities, lr, momentum):
    with torch.no_grad():
        for p, v in zip(parameters, velocities):
            if p.grad is None:
                continue
            v.mul_(momentum).add_(p.grad)
            p.sub_(lr * p.grad)
