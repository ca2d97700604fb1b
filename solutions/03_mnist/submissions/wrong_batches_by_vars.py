"""
part = "batches"
verdict = "wrong"
misconception = "a loader that is looked up in a table is a loader of one's own"
see = "slide:dataset-and-dataloader"
"""
# %% batches
def batches(dataset, batch_size, generator=None):
    loader = torch.utils.data.__dict__["Data" + "Loader"]
    if len(dataset):
        yield from loader(dataset, batch_size, shuffle=generator is not None, generator=generator)
