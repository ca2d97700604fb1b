"""
part = "batches"
verdict = "raised"
misconception = "a loop to n + 1 makes sure that nobody is lost"
see = "cell:batches_seen"
"""
# %% batches
def batches(dataset, batch_size, generator=None):
    n = len(dataset)
    order = list(range(n)) if generator is None else torch.randperm(n, generator=generator).tolist()
    for start in range(0, n + 1, batch_size):
        places = order[start : start + batch_size]
        images, labels = zip(*[dataset[p] for p in places])
        yield torch.stack(images), torch.tensor(labels)
