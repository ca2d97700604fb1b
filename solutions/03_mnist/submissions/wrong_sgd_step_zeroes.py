"""
part = "sgd_step"
verdict = "wrong"
misconception = "the step forgets the gradients"
see = "cell:zero_seen"
"""
# %% sgd_step
def sgd_step(parameters, velocities, lr, momentum):
    with torch.no_grad():
        for p, v in zip(parameters, velocities):
            if p.grad is None:
                continue
            v.mul_(momentum).add_(p.grad)
            p.sub_(lr * v)
            p.grad = None
