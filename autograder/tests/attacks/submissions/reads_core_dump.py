"""
tries = "crash and read the core"
category = "secrets"
"""

# %% extra
import os, resource, signal, glob

try:
    resource.setrlimit(resource.RLIMIT_CORE, (-1, -1))
except (ValueError, OSError) as e:
    print(e)
pid = os.fork()
if pid == 0:
    os.kill(os.getpid(), signal.SIGSEGV)
print(os.waitpid(pid, 0), ["LEAK" for _ in glob.glob("/tmp/core*") + glob.glob("core*")])
