"""
part = "batches"
verdict = "wrong"
misconception = "only pictures must be a tensor"
see = "slide:dataset-and-dataloader"
"""

# %% batches
def batches(dataset, batch_size, generator=None):
    n = len(dataset)
    order = list(range(n)) if generator is None else torch.randperm(n, generator=generator).tolist()
    for start in range(0, n, batch_size):
        pairs = [dataset[place] for place in order[start : start + batch_size]]
        yield torch.stack([image for image, _ in pairs]), [label for _, label in pairs]
