"""
part = "skin_trace"
verdict = "wrong"
misconception = "printing a result hands it back"
see = "cell:skin_trace_seen"
"""
# %% skin_trace
def skin_trace(video, mask):
    m = video[:, mask].float().mean(dim=1)
    print(m / m.mean(dim=0, keepdim=True) - 1)
