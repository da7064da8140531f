#!/usr/bin/env bash
# Starts TMS on this machine: scripts/cluster up, which says what may follow.
set -euo pipefail
exec "$(dirname "${BASH_SOURCE[0]}")/cluster" up "$@"
