"""
note = "os.chdir into a folder that is deleted, and rm -rf *"
"""

# %% extra
import os, shutil, tempfile

# !rm -rf *
gone = tempfile.mkdtemp()
os.chdir(gone)
os.rmdir(gone)
