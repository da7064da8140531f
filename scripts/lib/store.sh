# shellcheck shell=bash
# Sourced by scripts/backup and scripts/restore: which database it is, and the program that knows it.

# ConnectionStrings__Tms; else SQLite in the folder that Tms__DataPath names; else the database of scripts/cluster, where there is one; else SQLite in data/.
find_store() {
  local cluster
  cluster=$(realpath -m -- "${TMS_CLUSTER:-$here/.cluster}")
  if [ -z "${ConnectionStrings__Tms:-}" ] && [ -z "${Tms__DataPath:-}" ] && [ -r "$cluster/connection" ]; then
    ConnectionStrings__Tms=$(cat "$cluster/connection")
  fi
  export ConnectionStrings__Tms="${ConnectionStrings__Tms:-}"
  Tms__DataPath=$(realpath -m -- "${Tms__DataPath:-$here/data}")
  export Tms__DataPath
  if is_postgres; then connect_by "$ConnectionStrings__Tms"; fi
}

is_postgres() { [ -n "$ConnectionStrings__Tms" ]; }

# Secrets go by the environment: a command line can be read by everybody.
silo() {
  local program=$here/Silo/bin/Release/net10.0/Tms.Silo
  [ -x "$program" ] || dotnet build "$here/Silo" -c Release -v quiet -nologo >&2
  "$program" "$@"
}

# The program of PostgreSQL that a verb needs.
need() { # need pg_dump
  pg_program "$1" || fail "it needs PostgreSQL's program $1 (package postgresql-client)."
}

# Who was erased in the database as it is: what a restore of an older backup must do again. Nothing personal is in it.
erasures() {
  if ! is_postgres; then
    silo erasures list
    return
  fi
  "$(need psql)" --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --command="select tenant || ' ' || stream_id || ' ' ||
    to_char(to_timestamp(time_us / 1000000) at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from events where type = 'USER_ERASED' order by time_us, tenant, stream_id"
}
