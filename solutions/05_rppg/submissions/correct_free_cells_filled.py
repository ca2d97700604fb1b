"""
note = "predictions, explanations and the last cell filled in, and prints left in an answer"
"""
# %% guess_nodding
guess_nodding = {"GREEN": 60, "green minus red": 84}

# %% explain_nodding [markdown]
r"""
The nod changes red and green alike, so it cancels; blood changes green more than red.
"""

# %% guess_bins
guess_bins = {30: 3, 60: 3}

# %% errors
def errors(read, truth):
    pairs = [(float(a), float(b)) for a, b in zip(read, truth) if a is not None]
    print("answered", len(pairs), "of", len(read))
    n = len(pairs)
    wrong = [abs(a - b) for a, b in pairs]
    return {
        "answered": n / len(read) * 100,
        "MAE": sum(wrong) / n,
        "median": (sorted(wrong)[(n - 1) // 2] + sorted(wrong)[n // 2]) / 2,
        "RMSE": (sum(e**2 for e in wrong) / n) ** 0.5,
        "MAPE": sum(abs(a - b) / b for a, b in pairs) / n * 100,
        "Pearson": np.corrcoef(*zip(*pairs))[0, 1],
        "within 3": sum(e <= 3 for e in wrong) / n * 100,
    }

# %% guess_contest
guess_contest = {"coloured_light": "network", "white_motion": "network", "unseen_light": "formula"}

# %% why_tone [markdown]
r"""
No: whoever is refused gets no number at all. A report must give the share answered and the error for each group.
"""

# %% reflection
minutes = 130
muddiest = "why alpha has a sign"
