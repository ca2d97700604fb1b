"""
tries = "sleep in each of two hundred cells"
category = "neighbours"
impatient = true
"""

# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
# %% extra
import time

time.sleep(1.5)
