# shellcheck shell=bash
# Sourced by scripts/backup, scripts/restore and scripts/nightly: which database it is, and the programs that know it.

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
# The programs are those of TMS_PROGRAMS, a folder with Silo/ and Api/ in it; else what is built here.
silo() { program Silo "$@"; }
api() { program Api "$@"; }

program() { # program Silo|Api <verb …>
  local kind=$1 file
  shift
  file=${TMS_PROGRAMS:+$TMS_PROGRAMS/$kind/Tms.$kind}
  file=${file:-$here/$kind/bin/Release/net10.0/Tms.$kind}
  [ -x "$file" ] || [ -n "${TMS_PROGRAMS:-}" ] || dotnet build "$here/$kind" -c Release -v quiet -nologo >&2
  "$file" "$@"
}

# What is beside a backup that is whole: the hash of each of its files, as sha256sum writes them.
write_manifest() { # write_manifest <path of a backup without its ending>
  (
    cd "$(dirname -- "$1")"
    find "$(basename -- "$1")"* -type f ! -name '*.manifest*' -print0 | sort -z | xargs -0 sha256sum
  ) >"$1.manifest.part"
  sync -- "$1.manifest.part"
  mv -- "$1.manifest.part" "$1.manifest"
}

check_manifest() { # check_manifest <backup>: one that was copied here without its manifest says nothing
  local manifest=${1%.dump}.manifest
  [ ! -e "$manifest" ] || (cd "$(dirname -- "$manifest")" && sha256sum --check --quiet "$(basename -- "$manifest")" >&2) ||
    fail "$1 is not what was written: its manifest says otherwise. Nothing was changed."
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
