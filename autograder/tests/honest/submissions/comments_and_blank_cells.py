"""
note = "cells of comments, strings and nothing, leading blank lines, semicolons"
"""

# %% extra
# only a comment

# %% extra
"""only a string"""

# %% demean



def demean(x): mean = x.mean(); return x - mean;
