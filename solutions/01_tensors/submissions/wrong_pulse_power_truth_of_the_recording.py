"""
part = "pulse_power"
verdict = "wrong"
misconception = "the course knows the answer for its own recording"
see = "slide:the-pulse-in-mean-green"
"""
# %% pulse_power
def pulse_power(traces, fps, rates):
    rate = coursedata.recording().heart_rate
    return torch.exp(-((rates - rate) ** 2))[None].repeat(len(traces), 1)
