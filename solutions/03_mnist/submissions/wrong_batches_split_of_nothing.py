"""
part = "batches"
verdict = "raised"
misconception = "`split` of no places gives no piece"
see = "cell:batches_seen"
"""
# %% batches
def batches(dataset, batch_size, generator=None):
    n = len(dataset)
    if generator is None:
        order = torch.arange(n)
    else:
        order = torch.randperm(n, generator=generator)
    for piece in order.split(batch_size):
        images = []
        labels = []
        for place in piece.tolist():
            image, label = dataset[place]
            images.append(image)
            labels.append(label)
        yield torch.stack(images), torch.tensor(labels)
