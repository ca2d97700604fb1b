"""
part = "sgd_step"
verdict = "wrong"
misconception = "an optimiser made anew remembers its velocity"
see = "cell:sgd_step_seen"
"""
# %% sgd_step
def sgd_step(parameters, velocities, lr, momentum):
    torch.optim.SGD(parameters, lr=lr, momentum=momentum).step()
