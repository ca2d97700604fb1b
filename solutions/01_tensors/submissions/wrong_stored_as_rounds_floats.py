"""
part = "stored_as"
verdict = "wrong"
misconception = "storing always rounds to whole numbers"
see = "cell:levels_seen"
"""
# %% stored_as
def stored_as(trace, dtype):
    rounded = torch.round(trace)
    if dtype in (torch.uint8, torch.int8, torch.int16):
        info = torch.iinfo(dtype)
        rounded = rounded.clamp(info.min, info.max)
    return rounded.to(dtype).float()
