"""
note = "downloads that find no network, and data that is not there"
ends = "raised"
"""

# %% extra
import urllib.request

try:
    urllib.request.urlopen("https://example.org", timeout=5)
except OSError as error:
    print(error)
# !curl -s https://example.org || true
# !git clone https://example.org/x.git || true

# %% extra
from google.colab import drive
drive.mount("/content/drive")

# %% extra
np.load("/content/drive/MyDrive/data.npy")
