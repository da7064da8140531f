# shellcheck shell=bash
# Sourced by scripts/cluster: the PostgreSQL of a cluster. Its own server in pg/, or the one that ConnectionStrings__Tms named at the first "up".

pg_port() { echo $((15432 + offset)); }
owns_database() { [ -e "$home/pg/data" ]; }

# PostgreSQL refuses root; as root its programs run as the user "postgres".
pg_run=()
pg_user() {
  [ "$(id -u)" = 0 ] || return 0
  pg_run=(setpriv --reuid=postgres --regid=postgres --init-groups)
}

# A password of its own for the server, for nobody but who can read connection; the server listens on 127.0.0.1 only.
make_server() {
  local password
  password=$(random 24)
  mkdir -p "$home/pg"
  if [ "$(id -u)" = 0 ]; then
    chmod 711 "$home"
    chown postgres "$home/pg"
    "${pg_run[@]}" test -x "$home/pg" || fail "The user postgres cannot reach $home: let TMS_CLUSTER name a folder elsewhere, or give ConnectionStrings__Tms."
  fi
  # By a file that is gone right after: a password is on no command line.
  write pg/password "$password"
  [ "$(id -u)" != 0 ] || chown postgres "$home/pg/password"
  "${pg_run[@]}" "$(pg_folder)/initdb" -D "$home/pg/data.new" -U tms -A scram-sha-256 --pwfile="$home/pg/password" -E UTF8 --locale=C --data-checksums \
    >"$home/pg/log" 2>&1 || fail_with_log pg "No server could be made in $home/pg."
  rm "$home/pg/password"
  "${pg_run[@]}" sed -i '/^host.*replication/d; /^local/d' "$home/pg/data.new/pg_hba.conf"
  write connection "Host=127.0.0.1;Port=$(pg_port);Database=tms;Username=tms;Password=$password;SSL Mode=Disable;Maximum Pool Size=25"
  mv "$home/pg/data.new" "$home/pg/data"
}

start_server() {
  if alive pg; then return; fi
  port_is_free pg "$(pg_port)"
  # Each process has three pools of 25 at most, and connections for its writers.
  launch pg "${pg_run[@]}" "$(pg_folder)/postgres" -D "$home/pg/data" -c port="$(pg_port)" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    -c max_connections=$((50 + 50 * (silos + apis))) -c shared_buffers=128MB
  wait_until 60 pg "answers" answers
  if [ -z "$(sql postgres "select 1 from pg_database where datname = 'tms'")" ]; then sql postgres 'create database tms'; fi
}

answers() { sql postgres 'select 1' >/dev/null 2>&1; }

database_up() {
  pg_user
  if [ ! -e "$home/connection" ]; then
    if [ -n "${ConnectionStrings__Tms:-}" ]; then
      write connection "$ConnectionStrings__Tms"
    else
      ensure_postgres
      make_server
    fi
  elif [ -n "${ConnectionStrings__Tms:-}" ] && [ "$ConnectionStrings__Tms" != "$(cat "$home/connection")" ]; then
    fail "This cluster is on another database than ConnectionStrings__Tms: let TMS_CLUSTER name another folder for another cluster."
  fi
  if owns_database; then start_server; fi
}

connection_of() { # connection_of <node>: its connections bear its name in pg_stat_activity, unless they have one
  local connection
  connection=$(cat "$home/connection")
  case ${connection,,} in
    *"application name="*) echo "$connection" ;;
    *) echo "${connection%;};Application Name=$1" ;;
  esac
}

sql() { # sql <database, or nothing for the cluster's> <statement>
  local psql
  psql=$(pg_program psql) || return 1
  (
    connect_by "$(cat "$home/connection")"
    [ -z "$1" ] || export PGDATABASE=$1
    PGCONNECT_TIMEOUT=3 "$psql" --no-psqlrc --quiet --tuples-only --no-align --field-separator=$'\t' --command="$2"
  )
}

members() {
  sql '' "select 'silo-' || port - $((11110 + offset)), silo_name, address || ':' || port,
    coalesce((array['created','joining','active','shutting down','stopping','dead'])[status], 'none'), to_char(start_time, 'YYYY-MM-DD HH24:MI:SS TZ')
    from orleans_member where deployment_id = '${Tms__Cluster__ClusterId:-tms}' and status < 6 order by port" 2>/dev/null
}
