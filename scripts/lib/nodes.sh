# shellcheck shell=bash
# Sourced by scripts/cluster: one node is one process with a folder of its own, and everything that is known of it is in there:
#   pid       its process            exit   "<pid> <exit code>" of the last one that ended
#   log       what it wrote          program, data
# A process is touched only while its command line names that folder: a pid that the system gave to somebody else is nobody's.

now() { echo "${EPOCHREALTIME/[.,]/}"; } # microseconds

pid_of() { cat "$home/$1/pid" 2>/dev/null || true; }

alive() { # alive <node>
  local pid words
  pid=$(pid_of "$1")
  [ -n "$pid" ] && mapfile -d '' -t words 2>/dev/null <"/proc/$pid/cmdline" && [[ ${words[*]} == *"$home/$1/"* ]]
}

# SIGTERM, but for PostgreSQL a fast shutdown, which waits for nobody who forgot to leave, and for the gateway one that finishes what is under way.
stop_signal() { # stop_signal <node>
  case $1 in pg) echo INT ;; gateway) echo USR1 ;; *) echo TERM ;; esac
}

signal() { # signal <name> <node>
  if alive "$2"; then kill -s "$1" "$(pid_of "$2")"; fi
}

exit_code() { # The code with which the node's last process ended; ? when nobody saw it.
  local pid='' code=''
  read -r pid code 2>/dev/null <"$home/$1/exit" || true
  if [ "$pid" = "$(pid_of "$1")" ]; then echo "${code:-?}"; else echo '?'; fi
}

# The process gets a session of its own and a shell that waits for its exit code; it keeps nothing of ours, not even the lock.
launch() { # launch <node> <command …>
  local folder=$home/$1 tries
  shift
  mkdir -p "$folder"
  rm -f "$folder/pid" "$folder/exit"
  # shellcheck disable=SC2016
  setsid bash -c '
    cd "$0/program" 2>/dev/null || cd "$0"
    "$@" &
    child=$!
    echo $child >"$0/pid.new" && mv "$0/pid.new" "$0/pid"
    code=0
    wait $child || code=$?
    echo "$child $code" >"$0/exit.new" && mv "$0/exit.new" "$0/exit"' "$folder" "$@" </dev/null >>"$folder/log" 2>&1 9>&- &
  for ((tries = 0; tries < 100; tries++)); do
    [ ! -s "$folder/pid" ] || return 0
    sleep 0.05
  done
  fail "${folder##*/} could not be started; see $folder/log"
}

# Nobody else's process may answer in a node's place.
port_is_free() { # port_is_free <node> <port …>
  local node=$1 port
  shift
  for port; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      fail "$node needs port $port of 127.0.0.1, and something else listens there; --port-offset moves all ports of a new cluster."
    fi
  done
}

wait_until() { # wait_until <seconds> <node> <what is waited for> <command …>: fails when the node ends before
  local limit=$(($(now) + $1 * 1000000)) node=$2 what=$3
  shift 3
  until "$@"; do
    alive "$node" || fail_with_log "$node" "$node ended with exit code $(exit_code "$node") before it $what."
    [ "$(now)" -lt "$limit" ] || fail_with_log "$node" "$node lives, but not yet $what."
    sleep 0.2
  done
  alive "$node" || fail_with_log "$node" "$node ended with exit code $(exit_code "$node")."
}

fail_with_log() { # fail_with_log <node> <sentence>
  tail -n 15 "$home/$1/log" 2>/dev/null | sed "s/^/  $1: /" >&2 || true
  fail "$2"
}

# Asks nodes to stop, together, and says how long each took and how it ended.
# What has not ended after 40 s is killed. Returns 1 when one took over 30 s or ended with another code than 0.
stop_nodes() { # stop_nodes <node …>
  local node waiting=() still started code=0
  for node; do
    if alive "$node"; then waiting+=("$node"); fi
  done
  started=$(now)
  for node in "${waiting[@]}"; do signal "$(stop_signal "$node")" "$node"; done
  while [ ${#waiting[@]} -gt 0 ]; do
    still=()
    for node in "${waiting[@]}"; do
      if alive "$node"; then still+=("$node"); else say_stopped "$node" "$started" || code=1; fi
    done
    waiting=("${still[@]}")
    [ ${#waiting[@]} = 0 ] || { kill_late "$started" "${waiting[@]}"; sleep 0.05; }
  done
  return "$code"
}

kill_late() { # kill_late <since> <node …>
  local since=$1 node
  shift
  [ $(($(now) - since)) -gt 40000000 ] || return 0
  for node; do
    echo "$node does not stop; it is killed."
    signal KILL "$node"
  done
}

say_stopped() { # say_stopped <node> <since>
  local took=$((($(now) - $2) / 10000)) code tries
  for ((tries = 0; tries < 20; tries++)); do # its shell writes the code a moment after its end
    code=$(exit_code "$1")
    [ "$code" = '?' ] || break
    sleep 0.05
  done
  printf '%-8s stopped in %d.%02d s, exit code %s\n' "$1" $((took / 100)) $((took % 100)) "$code"
  [ "$code" = 0 ] && [ "$took" -le 3000 ]
}
