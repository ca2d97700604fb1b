"""
part = "batches"
verdict = "wrong"
misconception = "shuffling the batches is enough"
see = "slide:dataset-and-dataloader"
"""
# %% batches
def batches(dataset, batch_size, generator=None):
    starts = torch.arange(0, len(dataset), batch_size)
    if generator is not None:
        starts = starts[torch.randperm(len(starts), generator=generator)]
    for start in starts.tolist():
        examples = [dataset[p] for p in range(start, min(start + batch_size, len(dataset)))]
        yield torch.stack([image for image, _ in examples]), torch.tensor([label for _, label in examples])
