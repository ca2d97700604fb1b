"""
note = "writes predictions, explanations, the written answer and the reflection; changes the experiment"
"""
# %% guess_memory
guess_memory = {"from_numpy": True, "as_tensor": True, "as_tensor to float32": True, "tensor": False}

# %% explain_memory [markdown]
r"""
*A new dtype needs other bytes, so a new block was made.* **I guessed True.**
"""

# %% guess_levels
guess_levels = "no idea"

# %% guess_broadcast
guess_broadcast = {}

# %% try_noise
pixels, noise = 500, 0.5
for noise in (0.0, 0.5, 20.0):
    shown = (150 + noise * torch.randn(500, generator=torch.Generator().manual_seed(1))).round()
    print(noise, shown.mean())

# %% why_visible [markdown]
r"""
Without noise the curve is flat: $149.7$ and $150.3$ both round to 150. With noise 2 a pixel is sometimes 149 and
sometimes 151, and the pulse changes how often. The mean over 2000 pixels counts that.
"""

# %% reflection
minutes = 95
muddiest = "why dim is the axis that goes"
