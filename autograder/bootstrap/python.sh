#!/usr/bin/env bash
# Make the virtual environment from a Python of a tested version: python.sh FOLDER [PYTHON]
# The interpreter is copied, not linked, so that an AppArmor profile can be attached to this one alone.
set -euo pipefail
cd -P . # the folder's own name, without links: so do venv and pip call it
venv=$1
wanted=${2:-}
versions="3.11 3.12 3.13" # the versions in pyproject.toml's requires-python

PATH=${PATH//"$PWD/$venv/bin:"/} # never this environment's own python

version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true; }
tested() { [[ -n $1 && " $versions " == *" $1 "* ]]; }
stop() { printf '%s\n' "$@" >&2; exit 2; }

how_to_get() {
  local first=${versions%% *}
  if command -v apt-get >/dev/null && apt-cache show "python$first" >/dev/null 2>&1; then
    echo "  sudo apt-get install python$first python$first-venv && make setup"
  else
    echo "  this system's packages have no Python $first; one of these brings it, without touching the system's own:"
    echo "  uv python install $first && make setup PYTHON=\"\$(uv python find $first)\"      (uv: pipx install uv)"
    echo "  pyenv install $first && make setup PYTHON=\"\$(pyenv prefix $first)/bin/python\""
  fi
}

# a copied or moved environment's programs start the Python, and the packages, of the folder that it was made for
made_here() {
  local program
  for program in "$venv"/bin/pip*; do
    if [ -f "$program" ]; then
      head -n 3 "$program" | grep -qF "$PWD/$venv/bin/python" || return 1
    fi
  done
}

find_python() {
  local name found
  for name in $(printf 'python%s ' $versions) python3 python; do
    found=$(command -v "$name" || true)
    if [ -n "$found" ] && tested "$(version_of "$found")"; then echo "$found"; return; fi
  done
}

if [ -x "$venv/bin/python" ] && tested "$(version_of "$venv/bin/python")" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  if made_here; then exit 0; fi # somebody made it before; its packages are looked at by the next step
  if [ -L "$venv" ]; then
    stop "$venv is a link to an environment that was made for another folder, and stays; type:" "  rm $venv && make setup"
  fi
  echo "$venv was made for another folder (this one was copied or moved): it is made anew"
fi

if [ -n "$wanted" ]; then
  tested "$(version_of "$wanted")" || stop "PYTHON=$wanted is $(version_of "$wanted" | grep . || echo "no Python"): tested are $versions"
  python=$wanted
else
  python=$(find_python)
fi
if [ -z "$python" ]; then
  there=$(for name in python3 python3.{9..20}; do command -v "$name" >/dev/null && version_of "$name"; done | sort -uV | paste -sd' ' || true)
  stop "no Python ${versions// / or } here (found: ${there:-none}); type:" "$(how_to_get)"
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  stop "$python has no venv module; type:" "  sudo apt-get install python$(version_of "$python")-venv && make setup"
fi

echo "making $venv with Python $("$python" -c 'import platform; print(platform.python_version())') ($python)"
"$python" -m venv --clear --copies "$venv" # cleared, not removed: it may be a volume of a container
