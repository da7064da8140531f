#!/bin/sh
# Run once by the image of PostgreSQL, on an empty volume: the database of TMS belongs to a role that is no superuser.
set -eu
psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 -v password="$TMS_DATABASE_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
create role tms login password :'password' nosuperuser nocreatedb nocreaterole;
create database tms owner tms;
revoke all on database tms from public;
SQL
