# shellcheck shell=bash
# Sourced by scripts that speak to PostgreSQL with its own programs.

pg_folder() { compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1 | xargs -r dirname; }

# One of PostgreSQL's programs: the newest that is installed.
pg_program() { # pg_program psql
  command -v "$(pg_folder)/$1" || command -v "$1"
}

# What Npgsql's words are to PostgreSQL's programs; others do not matter to them. Exports: call it in a subshell where that matters.
connect_by() { # connect_by <connection string>
  local part word value IFS=';'
  for part in $1; do
    word=${part%%=*} value=${part#*=}
    case ${word,,} in
      host | server) export PGHOST=$value ;;
      port) export PGPORT=$value ;;
      database) export PGDATABASE=$value ;;
      username | "user id" | userid | user) export PGUSER=$value ;;
      password | pwd) export PGPASSWORD=$value ;;
      "ssl mode" | sslmode)
        value=${value,,} value=${value/verifyca/verify-ca}
        export PGSSLMODE=${value/verifyfull/verify-full}
        ;;
    esac
  done
}
