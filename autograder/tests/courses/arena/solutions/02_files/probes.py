"""What plain data cannot say: a source of rows that breaks off."""


def broken_rows(names, function, path):
    """Call `function(path, rows)` with rows that raise RuntimeError after the second."""

    def rows():
        yield [1, 2]
        yield [3, 4]
        raise RuntimeError("the source broke off")

    return names[function](path, rows())
