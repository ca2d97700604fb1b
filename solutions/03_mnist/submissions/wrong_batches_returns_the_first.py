"""
part = "batches"
verdict = "wrong"
misconception = "`return` in a loop hands out one batch after another"
see = "cell:yield_seen"
"""
# %% batches
def batches(dataset, batch_size, generator=None):
    n = len(dataset)
    order = list(range(n)) if generator is None else torch.randperm(n, generator=generator).tolist()
    for start in range(0, n, batch_size):
        some = [dataset[place] for place in order[start : start + batch_size]]
        return torch.stack([image for image, _ in some]), torch.tensor([label for _, label in some])
