"""
tries = "stop the process that answers, so that a large question is never read"
category = "neighbours"
impatient = true
"""

# %% extra
import os, signal
from autograder.sandbox import answers

answers.Answering.serve = lambda self, channel: os.kill(os.getpid(), signal.SIGSTOP)
