#!/usr/bin/env bash
# Stops what scripts/start.sh started: scripts/cluster down.
set -euo pipefail
exec "$(dirname "${BASH_SOURCE[0]}")/cluster" down "$@"
