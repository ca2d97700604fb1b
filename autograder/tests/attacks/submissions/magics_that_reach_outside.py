"""
tries = "magics and shell commands that read, write, install, load and run: %run, %load_ext, %%script, %config, %store, %%writefile"
category = "neighbours"
"""

# %% extra
%%writefile /tmp/pwned.py
print("LEAK" if "examiner" in str(globals()) else "none")

# %% extra
%run /tmp/pwned.py

# %% extra
%load_ext autoreload
%config Application.log_level = 0
%config IPCompleter.use_jedi = True
%env PYTHONSTARTUP=/tmp/pwned.py
%alias_magic pwned run
%logstart -o /tmp/pwned.log
%cd /

# %% extra
%%script sh
cat /etc/shadow "@ROOM@/world/neighbour/neighbour.txt" /proc/*/environ 2>/dev/null
echo pwned > "@ROOM@/world/pwned"

# %% extra
%%bash --bg
sleep 3600; touch /tmp/pwned_late

# %% extra
!nohup sh -c 'sleep 3600; touch /tmp/pwned_late' > /dev/null 2>&1 &
!(setsid sleep 3600 &) ; kill -9 -1
!pip install --no-index pwned; crontab -l; at now < /dev/null
get_ipython().system_raw("touch /pwned /usr/pwned /etc/pwned")
