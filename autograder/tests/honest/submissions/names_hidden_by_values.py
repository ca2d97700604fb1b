"""
note = "scratch cells that bind a part's name to its own result, or delete it"
"""

# %% extra_end
demean = demean(torch.ones(3))
row_sums = row_sums(np.ones((2, 2)))
print(demean, row_sums)

# %% extra_end
del softmax
tally = 5
