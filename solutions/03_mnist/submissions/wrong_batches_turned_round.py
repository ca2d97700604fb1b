"""
part = "batches"
verdict = "wrong"
misconception = "a ring that begins at a random place is in random order"
see = "slide:dataset-and-dataloader"
"""
# %% batches
def batches(dataset, batch_size, generator=None):
    n = len(dataset)
    shift = 0 if generator is None or n < 2 else 1 + torch.randint(n - 1, (1,), generator=generator).item()
    order = [(place + shift) % n for place in range(n)]
    for start in range(0, n, batch_size):
        examples = [dataset[place] for place in order[start : start + batch_size]]
        yield torch.stack([image for image, _ in examples]), torch.tensor([label for _, label in examples])
