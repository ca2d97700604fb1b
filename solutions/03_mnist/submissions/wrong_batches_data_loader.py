"""
part = "batches"
verdict = "wrong"
misconception = "to write a loader is to call one"
see = "slide:dataset-and-dataloader"
"""
# %% batches
def batches(dataset, batch_size, generator=None):
    if len(dataset):
        yield from DataLoader(dataset, batch_size, shuffle=generator is not None, generator=generator)
