# Sourced by bench/anchors, bench/compare and bench/idle: settings, the throwaway PostgreSQL, processes, quiet-machine runs.
# Sends traffic to 127.0.0.1 only; ends only what it started.
#
# BENCH_WORK  scratch folder, default /tmp/tms-bench (its disk is what fsync is measured on)
# BENCH_REPS  repetitions of each figure, default 3
# BENCH_SECONDS / BENCH_WARMUP   measured window and warm-up of the load generator, default 20 / 5
# BENCH_RESULTS   file to add results to (more repetitions of a noisy part), default a new one under bench/results/
# BENCH_MAX_FOREIGN   a run in which others used more than this % of the machine is repeated, default 10; 100 waits for nothing
# BENCH_PG_PORT   port of the throwaway PostgreSQL, default 55433
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
work=${BENCH_WORK:-/tmp/tms-bench}
reps=${BENCH_REPS:-3}
seconds=${BENCH_SECONDS:-20}
warmup=${BENCH_WARMUP:-5}
max_foreign=${BENCH_MAX_FOREIGN:-10}
port=${BENCH_PG_PORT:-55433}
pgbin=${BENCH_PG_BIN:-/usr/lib/postgresql/15/bin}
results=${BENCH_RESULTS:-$here/results/$(date +%Y%m%d-%H%M%S).raw.jsonl}
line=$work/line.jsonl
npgsql="Host=127.0.0.1;Port=$port;Username=bench;Maximum Pool Size=80;Max Auto Prepare=50;No Reset On Close=true"
server_pid=
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

log() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*" >&2; }
psql() { "$pgbin/psql" -q -h 127.0.0.1 -p "$port" -U bench -v ON_ERROR_STOP=1 "$@"; }
bin() { echo "$here/$1/bin/Release/net10.0/$1"; }

# ---- the machine ---------------------------------------------------------------------------------------------------

busy_percent() { # of the whole machine, over two seconds
  local a b
  a=$(head -1 /proc/stat); sleep 2; b=$(head -1 /proc/stat)
  printf '%s\n%s\n' "$a" "$b" | awk '{t=0; for(i=2;i<=9;i++)t+=$i; idle=$5+$6; if(NR==2) printf "%d", 100*(1-(idle-pi)/(t-pt)); pt=t; pi=idle}'
}

wait_quiet() {
  local busy tries=0
  [ "$max_foreign" -ge 100 ] && return 0
  while busy=$(busy_percent) && [ "$busy" -gt 8 ]; do
    [ $((tries % 10)) -eq 0 ] && log "waiting: the machine is ${busy}% busy"
    tries=$((tries + 1))
    if [ $tries -gt 90 ]; then log "never quiet: going on"; break; fi
  done
  return 0
}

# Clock ticks: all, busy, and ours (the processes of this run and our postmaster's, with their reaped children).
ticks() {
  local sid pg=0
  sid=$(ps -o sid= -p $$ | tr -d ' ')
  [ -s "$work/pg/data/postmaster.pid" ] && pg=$(postmaster)
  { head -1 /proc/stat; cat /proc/[0-9]*/stat 2>/dev/null || true; } | awk -v sid="$sid" -v pg="$pg" '
    NR==1 { for(i=2;i<=9;i++) all+=$i; busy=all-$5-$6-$9; next }
    { pid=$1; sub(/^.*\) /, ""); if ($4==sid || pid==pg || $2==pg) own+=$12+$13+$14+$15 }
    END { print all, busy, own+0 }'
}

# measure COMMAND...: runs it on a quiet machine; what it appends to $line becomes a result, unless others got in the way.
measure() {
  local before after foreign attempt
  for attempt in 1 2 3 4; do
    wait_quiet
    : > "$line"
    before=$(ticks)
    "$@"
    after=$(ticks)
    foreign=$(echo "$before $after" | awk '{printf "%.1f", 100*(($5-$2)-($6-$3))/($4-$1)}')
    if awk -v f="$foreign" -v m="$max_foreign" 'BEGIN{exit !(f<=m)}'; then
      break
    fi
    log "others used ${foreign}% of the machine: $([ $attempt -lt 4 ] && echo again || echo kept all the same)"
  done
  cat "$line" >> "$results"
  log "others ${foreign}%: $(head -c 300 "$line")"
}

# ---- PostgreSQL ----------------------------------------------------------------------------------------------------

postmaster() { head -1 "$work/pg/data/postmaster.pid"; }

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then su postgres -c "$1"; else bash -c "$1"; fi; }

stop_postgres() {
  if [ -s "$work/pg/data/postmaster.pid" ]; then as_postgres "$pgbin/pg_ctl -D $work/pg/data -m fast -w stop" > /dev/null || true; fi
}

start_postgres() {
  mkdir -p "$work/pg"
  [ "$(id -u)" = 0 ] && chown postgres "$work/pg"
  chmod a+x "$work"
  stop_postgres
  rm -rf "$work/pg/data"
  as_postgres "$pgbin/initdb -D $work/pg/data -U bench -A trust --no-instructions -E UTF8 --locale=C.UTF-8" > "$work/pg-initdb.log"
  cat >> "$work/pg/data/postgresql.conf" <<CONF
port = $port
listen_addresses = '127.0.0.1'
unix_socket_directories = '$work/pg'
fsync = on
synchronous_commit = on
shared_buffers = 512MB
CONF
  as_postgres "$pgbin/pg_ctl -D $work/pg/data -l $work/pg/log -w start" > /dev/null
}

fresh_database() {
  psql postgres -c "drop database if exists $1 with (force)" -c "create database $1" -c checkpoint
}

# The planner's statistics in place, nothing left to write back.
settle() { psql "$1" -c 'vacuum analyze' -c checkpoint; }

# ---- servers -------------------------------------------------------------------------------------------------------

await_url() { # NAME URL: waits until it answers, with any status but 503
  local _ status
  for _ in $(seq 300); do
    status=$(curl -s -o /dev/null -w '%{http_code}' "$2" || true)
    [ "$status" != 000 ] && [ "$status" != 503 ] && return 0
    kill -0 "$server_pid" 2>/dev/null || break
    sleep 0.2
  done
  log "$1 did not start: $(tail -5 "$work/$1.log")"
  return 1
}

start_server() { # NAME PORT ARGS...: a program of bench/
  local name=$1 at=$2
  shift 2
  stop_server
  (cd "$here/$name/bin/Release/net10.0" && exec "./$name" "$@" --urls "http://127.0.0.1:$at" > "$work/$name.log" 2>&1) &
  server_pid=$!
  await_url "$name" "http://127.0.0.1:$at/"
}

start_peer() { start_server peer-marten 5080 --ConnectionStrings:Postgres "$npgsql;Database=peer"; }

# One Api process with its silo inside, as in production; the rate limits off are the only switch against its defaults.
# Ports other than the usual ones, so that a running TMS is left in peace.
tms_url=http://127.0.0.1:5084
start_tms() { # [SETTING...]: on PostgreSQL when the first is a database's name as db=NAME, else embedded on SQLite
  local store=()
  if [[ ${1:-} == db=* ]]; then store=(--ConnectionStrings:Tms "$npgsql;Database=${1#db=}"); shift; fi
  stop_server
  mkdir -p "$work/tms-data"
  (cd "$root/Api/bin/Release/net10.0" && ASPNETCORE_ENVIRONMENT=Production Tms__MasterKey=$master_key exec ./Tms.Api \
    --urls "$tms_url" --Tms:DataPath "$work/tms-data" --Tms:RateLimiting:Enabled false \
    --Tms:Cluster:AdvertisedAddress 127.0.0.1 --Tms:Cluster:SiloPort 0 --Tms:Cluster:GatewayPort 0 \
    "${store[@]}" "$@" > "$work/tms.log" 2>&1) &
  server_pid=$!
  await_url tms "$tms_url/health/ready"
}

fresh_tms() { # [SETTING...]: a new database "tms", the server on it
  stop_server
  rm -rf "$work/tms-data"
  fresh_database tms
  start_tms db=tms "$@"
}

stop_server() {
  if [ -n "$server_pid" ]; then
    kill "$server_pid" 2>/dev/null || true
    wait "$server_pid" 2>/dev/null || true
    server_pid=
  fi
}

watched() { echo "--watch server=$server_pid --watch postgres=$(postmaster)"; }

# A program that ran but saw failures (exit code 2) has said so in its line; the report counts them.
tolerate() {
  local code=0
  "$@" || code=$?
  [ $code = 2 ] && { log "failures in: $*"; code=0; }
  return $code
}

load_run() { # PROFILE FIGURE ARGS...
  local profile=$1 figure=$2
  shift 2
  # shellcheck disable=SC2046
  tolerate "$(bin load)" --profile "$here/load/profiles/$profile.json" --warmup "$warmup" --duration "$seconds" --json "$line" --figure "$figure" $(watched) "$@" >&2
}

# ---- start and end -------------------------------------------------------------------------------------------------

cleanup() { stop_server; stop_postgres; }

ensure_postgres() {
  [ -x "$pgbin/postgres" ] || { apt-get update -qq && apt-get install -y -qq postgresql-15 > /dev/null; }
}

build() { # PROJECT-FOLDER...
  local project name
  for project in "$@"; do
    name=$(basename "$project")
    log "building $name"
    dotnet build -c Release -v quiet "$project" > "$work/build-$name.log" 2>&1 || { cat "$work/build-$name.log" >&2; exit 1; }
  done
}

prepare() {
  mkdir -p "$work" "$here/results"
  trap cleanup EXIT
  ensure_postgres
  master_key=$(head -c 32 /dev/urandom | base64)
}
