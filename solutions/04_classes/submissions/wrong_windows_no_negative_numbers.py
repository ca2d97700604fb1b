"""
part = "windows"
verdict = "raised"
misconception = "negative numbers count from the end by themselves"
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
        if not 0 <= number < len(self):
            raise IndexError(number)
        end = self.starts[number] + self.length
        return self.trace[end - self.length : end], self.trace[end : end + 1]
