#!/usr/bin/env bash
# Makes a fresh clone ready to work on: the programs that tests and scripts/cluster need, the libraries, and a first build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source-path=SCRIPTDIR source=lib/programs.sh
. scripts/lib/programs.sh

command -v dotnet >/dev/null || {
  echo "TMS is built with the .NET SDK 10 (global.json says which), and there is no 'dotnet' here: https://dotnet.microsoft.com/download" >&2
  exit 1
}
ensure_postgres
ensure_haproxy
dotnet restore Tms.sln
dotnet build Tms.sln -c Release -v quiet -nologo
echo "Ready: scripts/test runs the tests, scripts/start.sh starts a cluster."
