"""
part = "batches"
verdict = "wrong"
misconception = "labels follow their pictures by themselves"
see = "slide:dataset-and-dataloader"
"""
# %% batches
def batches(dataset, batch_size, generator=None):
    n = len(dataset)
    order = list(range(n)) if generator is None else torch.randperm(n, generator=generator).tolist()
    for start in range(0, n, batch_size):
        stop = min(start + batch_size, n)
        yield torch.stack([dataset[p][0] for p in order[start:stop]]), torch.tensor([dataset[p][1] for p in range(start, stop)])
