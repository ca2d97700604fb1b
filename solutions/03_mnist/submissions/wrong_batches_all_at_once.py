"""
part = "batches"
verdict = "wrong"
misconception = "a generator may read the whole data set first"
see = "cell:yield_seen"
"""
# %% batches
def batches(dataset, batch_size, generator=None):
    n = len(dataset)
    order = torch.arange(n) if generator is None else torch.randperm(n, generator=generator)
    everything = [dataset[p] for p in order.tolist()]
    for start in range(0, n, batch_size):
        images, labels = zip(*everything[start : start + batch_size])
        yield torch.stack(images), torch.tensor(labels)
