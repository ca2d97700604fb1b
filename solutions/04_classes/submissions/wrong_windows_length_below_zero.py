"""
part = "windows"
verdict = "wrong"
misconception = "how many windows fit is a division, whatever comes out"
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
        self.hop = hop

    def __len__(self):
        return (len(self.trace) - self.length - 1) // self.hop + 1

    def __getitem__(self, number):
        number = number + len(self) if number < 0 else number
        if not 0 <= number < len(self):
            raise IndexError(f"no window {number}")
        end = number * self.hop + self.length
        return self.trace[end - self.length : end], self.trace[end : end + 1]
