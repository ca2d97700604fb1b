"""
part = "batches"
verdict = "wrong"
misconception = "a random order needs all examples at hand"
see = "cell:yield_seen"
"""
# %% batches
def batches(dataset, batch_size, generator=None):
    n = len(dataset)
    if generator is None:
        examples = (dataset[place] for place in range(n))
    else:
        examples = iter([dataset[place] for place in torch.randperm(n, generator=generator).tolist()])
    for start in range(0, n, batch_size):
        some = [next(examples) for _ in range(min(batch_size, n - start))]
        yield torch.stack([image for image, _ in some]), torch.tensor([label for _, label in some])
