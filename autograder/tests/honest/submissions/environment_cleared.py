"""
note = "os.environ cleared, sys.path changed, modules reloaded"
"""

# %% extra
import importlib, os, sys

os.environ.clear()
os.environ["CUDA_VISIBLE_DEVICES"] = ""
sys.path.insert(0, "/content/drive/MyDrive")
sys.path.append("..")
sys.setrecursionlimit(5000)
import json
importlib.reload(json)
del sys.modules["json"]
sys.argv = ["train.py", "--epochs", "3"]
