#!/usr/bin/env bash
# Bring what Python and Node packages cannot: Debian or Ubuntu packages, and the right to make a sandbox.
# It says what it installs and why, leaves alone what is there, and where it may not install it prints what to type and
# ends well, since everything works without, only less. T2P_NO_APT=1 forbids it to install anything.
set -uo pipefail
cd "$(dirname "$0")/../.."
python=$PWD/.venv/bin/python

. /etc/os-release 2>/dev/null || ID=unknown
say() { printf 'system: %s\n' "$*"; }

may_install=no as_root=()
if [ -z "${T2P_NO_APT:-}" ]; then
  if [ "$(id -u)" = 0 ]; then may_install=yes
  elif sudo -n true 2>/dev/null; then may_install=yes as_root=(sudo -n)
  fi
fi

# ---- packages: what is missing of package|the file that it brings|why
missing=()
want() { # want PACKAGE WHY FILE…: any of the files is enough
  local package=$1 why=$2 file; shift 2
  for file in "$@"; do compgen -G "$file" >/dev/null && return; done
  missing+=("$package")
  say "missing: $package ($why)"
}

chromium=(/usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome* /snap/bin/chromium)
if [ "$ID" = ubuntu ]; then # there the package is an empty one that calls snap, which containers do not have
  chromium_there=no
  for file in "${chromium[@]}" ${T2P_CHROMIUM:-}; do [ -x "$file" ] && chromium_there=yes; done
  if [ $chromium_there = no ]; then
    say "Chromium draws the decks as PDF and looks at the pages; on Ubuntu it is no package but a snap. Type:"
    say "  sudo snap install chromium        (or set T2P_CHROMIUM to a Chrome that is there)"
  fi
else
  want chromium "draws the decks as PDF and looks at the pages" "${chromium[@]}" ${T2P_CHROMIUM:+"$T2P_CHROMIUM"}
fi
fonts=/usr/share/fonts
want fonts-noto-cjk "Chinese, Japanese and Korean names on slides and pages" "$fonts/*/*/NotoSansCJK*" "$fonts/*/NotoSansCJK*"
want fonts-noto-color-emoji "emoji on slides and pages" "$fonts/*/*/NotoColorEmoji*" "$fonts/*/NotoColorEmoji*"
want fonts-dejavu-core "plain letters and mathematics in figures" "$fonts/*/*/DejaVuSans.ttf" "$fonts/*/DejaVuSans.ttf"
want libatomic1 "runs the browser tests' driver" '/usr/lib/*/libatomic.so.1' '/lib/*/libatomic.so.1'
want libseccomp2 "filters the system calls of student code" '/usr/lib/*/libseccomp.so.2' '/lib/*/libseccomp.so.2'

# one line that moves on a terminal; all of it only when the command fails
quietly() {
  local log line code width
  log=$(mktemp) width=$(tput cols 2>/dev/null || echo 80)
  if [ -t 1 ]; then
    "$@" 2>&1 </dev/null | tee "$log" | while IFS= read -r line; do printf '\r\033[Ksystem: %.*s' $((width - 9)) "$line"; done
    code=${PIPESTATUS[0]}
    printf '\r\033[K'
  else
    "$@" >"$log" 2>&1 </dev/null
    code=$?
  fi
  [ "$code" = 0 ] || tail -n 15 "$log" >&2
  rm -f "$log"
  return "$code"
}

install_packages() {
  say "installing ${missing[*]} (a minute or two) …"
  quietly "${as_root[@]}" apt-get -q update &&
    quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get -q install --yes --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}"
}

if [ ${#missing[@]} = 0 ]; then
  say "all packages are there"
elif ! command -v apt-get >/dev/null; then
  say "no apt here; install these with your system's own tool: ${missing[*]}"
elif [ $may_install = yes ] && install_packages; then
  say "installed ${missing[*]}"
else
  [ $may_install = yes ] && say "apt could not install them (above)"
  say "type this, or go on without:"
  say "  sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}"
fi

# ---- AppArmor: Ubuntu takes the rights of user namespaces from every program without a profile
restricted=$(cat /proc/sys/kernel/apparmor_restrict_unprivileged_userns 2>/dev/null || echo 0)
[ "$restricted" = 1 ] && [ -x "$python" ] || exit 0
sandbox_works() { PYTHONPATH=autograder/src "$python" -m autograder.doctor.layers >/dev/null 2>&1; }
sandbox_works && exit 0

if [ -L "$python" ]; then
  say "AppArmor forbids the sandbox, and .venv/bin/python is a link to the system's Python, which gets no profile."
  say "Type: rm -r .venv && make setup"
  exit 0
fi

name=t2p-$(printf %s "$python" | sha256sum | cut -c1-12)
profile=$(mktemp)
trap 'rm -f "$profile"' EXIT
cat > "$profile" <<PROFILE
# The Python of one course's grader may make user namespaces for its sandbox; no other program may because of this.
# To take it back: sudo apparmor_parser -R /etc/apparmor.d/$name && sudo rm /etc/apparmor.d/$name
abi <abi/4.0>,
include <tunables/global>
profile $name "$PWD/.venv/bin/python{,3,3.[0-9]*}" flags=(unconfined) {
  userns,
}
PROFILE
say "AppArmor forbids the sandbox; a profile for .venv's own Python alone allows it:"
sed 's/^/system:   /' "$profile"
if [ $may_install = yes ] &&
  "${as_root[@]}" install -m 644 "$profile" "/etc/apparmor.d/$name" &&
  "${as_root[@]}" apparmor_parser --replace "/etc/apparmor.d/$name" && sandbox_works; then
  say "installed as /etc/apparmor.d/$name"
else
  cp "$profile" ".venv/$name.apparmor"
  say "type this, or grade elsewhere (make demo goes on without a sandbox):"
  say "  sudo install -m 644 .venv/$name.apparmor /etc/apparmor.d/$name && sudo apparmor_parser --replace /etc/apparmor.d/$name"
fi
exit 0
