"""
part = "windows"
verdict = "wrong"
misconception = "a slice beyond the end raises"
see = "cell:windows_seen"
"""

# %% windows
class Windows:
    """A trace cut into windows, each with the value that follows it.

    Windows(trace, length, hop=1): trace (T,); [i]: ((length,), (1,)); len(); IndexError beyond the ends.
    """

    def __init__(self, trace, length, hop=1):
        self.trace = trace
        self.length = length
        self.starts = range(0, len(trace) - length, hop)

    def __len__(self):
        return len(self.starts)

    def __getitem__(self, number):
        end = self.starts.start + number * self.starts.step + self.length
        return self.trace[end - self.length : end], self.trace[end : end + 1]
