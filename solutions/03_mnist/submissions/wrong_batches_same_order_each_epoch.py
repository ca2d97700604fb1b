"""
part = "batches"
verdict = "wrong"
misconception = "shuffling once is shuffling"
see = "slide:dataset-and-dataloader"
"""
# %% batches
def batches(dataset, batch_size, generator=None):
    n = len(dataset)
    order = list(range(n)) if generator is None else torch.randperm(n, generator=torch.Generator().manual_seed(generator.initial_seed())).tolist()
    for start in range(0, n, batch_size):
        places = order[start : start + batch_size]
        images, labels = zip(*[dataset[p] for p in places])
        yield torch.stack(images), torch.tensor(labels)
