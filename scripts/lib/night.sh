# shellcheck shell=bash
# Sourced by scripts/cluster: the node that makes backups and checks every night, by scripts/nightly. It has a copy of its own of what it runs.

# TMS_BACKUPS, which is remembered; else a folder of the cluster.
night_folder() { echo "${TMS_BACKUPS:-$(cat "$home/night/folder" 2>/dev/null || echo "$home/night/backups")}"; }

start_night() {
  local kind
  mkdir -p "$home/night"
  write night/folder "$(realpath -m -- "$(night_folder)")"
  rm -rf "$home/night/program"
  mkdir "$home/night/program"
  cp -r scripts "$home/night/program/scripts"
  for kind in Silo Api; do cp -r "$(program_of "$kind")" "$home/night/program/$kind"; done
  (
    # Secrets go by the environment: a command line can be read by everybody.
    ConnectionStrings__Tms=$(connection_of night)
    Tms__MasterKey=$(cat "$home/master.key")
    export ConnectionStrings__Tms Tms__MasterKey TMS_PROGRAMS="$home/night/program"
    launch night "$home/night/program/scripts/nightly" "$(cat "$home/night/folder")" --every-night
  )
}

night_up() {
  if alive night; then return; fi
  start_night
  echo "Started night: backups go to $(night_folder)."
}
