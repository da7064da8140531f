# shellcheck shell=bash
# Sourced by scripts that need programs of Debian: installs what is missing, and nothing that starts by itself.

# How to do something as root: nothing before it, or sudo. Ends the script where neither is possible.
as_root=()
find_root() { # find_root <what is missing> <package>
  [ "$(id -u)" != 0 ] || return 0
  command -v sudo >/dev/null || {
    echo "$1 is needed and it is not installed: install the package '$2' as root, or run this as root or with sudo." >&2
    exit 1
  }
  as_root=(sudo)
}

install_package() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }

# PostgreSQL's own programs; no cluster of the distribution is made or started.
ensure_postgres() {
  if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then return; fi
  find_root PostgreSQL postgresql
  "${as_root[@]}" mkdir -p /etc/postgresql-common
  echo 'create_main_cluster = false' | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
  "${as_root[@]}" apt-get update -qq
  install_package postgresql-15 || install_package postgresql
}

# Packages whose programs are wanted and not their services, which would start at once: nothing may start while they are installed.
install_programs() { # install_programs <package …>
  local policy=/usr/sbin/policy-rc.d made='' code=0
  if [ ! -e "$policy" ]; then
    made=yes
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod +x "$policy"
  fi
  { "${as_root[@]}" apt-get update -qq && install_package "$@"; } || code=$?
  [ -z "$made" ] || "${as_root[@]}" rm -f "$policy"
  return "$code"
}

ensure_haproxy() {
  if command -v haproxy >/dev/null || [ -x /usr/sbin/haproxy ]; then return; fi
  find_root HAProxy haproxy
  install_programs haproxy
}
