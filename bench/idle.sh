# Sourced by bench/idle and bench/compare after lib.sh: the embedded process at rest, on SQLite and on PostgreSQL.

idle_wait=${BENCH_IDLE_WAIT:-60}   # seconds at rest before anything is read
idle_window=30                     # seconds over which CPU and transactions are counted

cpu_seconds() { awk '{sub(/^.*\) /, ""); printf "%.2f", ($12+$13)/100}' "/proc/$1/stat"; }
rss_mib() { awk '/^VmRSS:/ {printf "%.1f", $2/1024}' "/proc/$1/status"; }
transactions() { psql postgres -Atc "select xact_commit + xact_rollback from pg_stat_database where datname = '$1'"; }

idle_run() { # FIGURE [DATABASE]
  local cpu from=0 to=0
  sleep "$idle_wait"
  cpu=$(cpu_seconds "$server_pid")
  # Sessions report their counts at most once a second and when they come to rest: wide window, small error.
  [ -n "${2:-}" ] && from=$(transactions "$2")
  sleep "$idle_window"
  [ -n "${2:-}" ] && to=$(transactions "$2")
  awk -v figure="$1" -v rss="$(rss_mib "$server_pid")" -v a="$cpu" -v b="$(cpu_seconds "$server_pid")" -v w="$idle_window" -v from="$from" -v to="$to" -v db="${2:-}" 'BEGIN {
    printf "{\"figure\":\"%s\",\"metrics\":{\"rss_MiB\":%.1f,\"cpu%%_of_one_core\":%.2f", figure, rss, 100*(b-a)/w
    if (db != "") printf ",\"transactions/s\":%.2f", (to-from)/w
    print "}}" }' >> "$line"
}

idle_sqlite() { rm -rf "$work/tms-data"; start_tms; measure idle_run "tms|idle|sqlite"; stop_server; }
idle_postgres() { fresh_tms; measure idle_run "tms|idle|postgres" tms; stop_server; }
