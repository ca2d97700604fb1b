"""
note = "%pylab, which imports a hundred names"
"""

# %% extra
# %pylab inline
plot([1, 2])
hist(randn(20));
import numpy as np
