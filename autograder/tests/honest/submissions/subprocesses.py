"""
note = "multiprocessing and a child process"
"""

# %% extra
import subprocess, sys, multiprocessing

print(subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, text=True).stdout)
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map(abs, [-1, -2]))
