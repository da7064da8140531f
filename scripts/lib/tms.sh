# shellcheck shell=bash
# Sourced by scripts/cluster: the silos and API nodes.

api_port() { echo $((8000 + offset + $1)); }
silo_port() { echo $((8080 + offset + $1)); }
silo_ports() { echo "$(silo_port "$1") $((11110 + offset + $1)) $((30000 + offset + $1))"; } # HTTP, other silos, clients

ports_are_free() { # of every node of a new cluster
  local number ports
  [ -n "${ConnectionStrings__Tms:-}" ] || port_is_free pg "$(pg_port)"
  for ((number = 1; number <= silos; number++)); do
    read -ra ports <<< "$(silo_ports "$number")"
    port_is_free "silo-$number" "${ports[@]}"
  done
  for ((number = 1; number <= apis; number++)); do port_is_free "api-$number" "$(api_port "$number")"; done
  port_is_free gateway "$(gateway_port)" "$(gateway_status_port)"
}

# The nodes of a kind that this cluster has or still runs: silo-1, silo-2 …
nodes() { # nodes silo|api
  local i most=$silos
  if [ "$1" = api ]; then most=$apis; fi
  for ((i = 1; i <= 32; i++)); do
    if [ "$i" -le "$most" ] || alive "$1-$i"; then echo "$1-$i"; fi
  done
}

all_nodes() {
  if owns_database; then echo pg; fi
  nodes silo
  nodes api
  echo gateway
  echo night
}

is_node() {
  local all
  all=$(all_nodes | tr '\n' ' ')
  case " $all" in *" $1 "*) ;; *) fail "there is no node '$1'; there are: $all" ;; esac
}

# Where the built program of a kind is. Each node runs a copy of its own, taken when it starts: building anew disturbs nobody.
program_of() { # program_of Silo|Api
  if [ -n "$programs" ]; then echo "$programs/$1"; else echo "$here/$1/bin/Release/net10.0"; fi
}

have_programs() { # have_programs <yes to build anew>
  local kind
  for kind in Silo Api; do
    if [ -n "$programs" ]; then
      [ -x "$programs/$kind/Tms.$kind" ] || fail "--programs is a folder with Silo/ and Api/ in it, and there is no $programs/$kind/Tms.$kind."
    elif [ -n "$1" ] || [ ! -x "$(program_of "$kind")/Tms.$kind" ]; then
      dotnet build "$kind" -c Release -v quiet -nologo
    fi
  done
}

start_node() { # start_node <node>
  local kind=Silo number=${1#*-} arguments ports
  if [ "${1%-*}" = silo ]; then
    read -ra ports <<< "$(silo_ports "$number")"
    arguments=("--urls=http://127.0.0.1:${ports[0]}" --Tms:Cluster:AdvertisedAddress=127.0.0.1
      "--Tms:Cluster:SiloPort=${ports[1]}" "--Tms:Cluster:GatewayPort=${ports[2]}")
    port_is_free "$1" "${ports[@]}"
  else
    kind=Api
    # A little longer than the gateway's checks take to notice that the node stops.
    arguments=("--urls=http://127.0.0.1:$(api_port "$number")" --Tms:Silo=outside --Tms:KnownProxies=127.0.0.1 --Tms:Cluster:DrainDelay=00:00:03)
    port_is_free "$1" "$(api_port "$number")"
  fi
  # Mails are the silos' affair; Tms__Smtp__Host and its like reach them from the environment.
  [ -n "${Tms__PublicUrl:-}" ] || arguments+=("--Tms:PublicUrl=http://localhost:$(gateway_port)")
  mkdir -p "$home/$1/data"
  rm -rf "$home/$1/program"
  cp -r "$(program_of "$kind")" "$home/$1/program"
  (
    # Secrets go by the environment: a command line can be read by everybody.
    ConnectionStrings__Tms=$(connection_of "$1")
    export ConnectionStrings__Tms
    Tms__MasterKey=$(cat "$home/master.key")
    export Tms__MasterKey
    # Only for the process that is launched here.
    # shellcheck disable=SC2030
    if [ "$kind" = Api ] && [ -n "$admin_password" ]; then export TMS_ADMIN_EMAIL="$admin_email" TMS_ADMIN_PASSWORD="$admin_password"; fi
    # All processes share one machine, where pauses are long.
    launch "$1" "$home/$1/program/Tms.$kind" "${arguments[@]}" "--Tms:DataPath=$home/$1/data" --Tms:Dashboard:Enabled=true --Tms:Cluster:ProbeTimeout=00:00:02
  )
}

start_nodes() {
  local node started=()
  for node in $(nodes silo) $(nodes api); do
    if wanted "$node" && ! alive "$node"; then
      start_node "$node"
      started+=("$node")
    fi
  done
  for node in $(nodes silo) $(nodes api); do
    if wanted "$node"; then wait_until 120 "$node" "is ready" is_ready "$node"; fi
  done
  if [ ${#started[@]} -gt 0 ]; then echo "Started ${started[*]}."; fi
}

wanted() { # wanted <node>: within the numbers that were asked for
  if [ "${1%-*}" = silo ]; then [ "${1#*-}" -le "$silos" ]; else [ "${1#*-}" -le "$apis" ]; fi
}

stop_surplus() {
  local node
  for node in $(nodes api) $(nodes silo); do
    if ! wanted "$node"; then stop_nodes "$node" || true; fi
  done
}

# Ready, and known to those who send it work: only then may the next one go.
serves() { # serves <node>
  local node
  wait_until 120 "$1" "is ready" is_ready "$1"
  if [ "${1%-*}" = api ]; then
    if alive gateway; then wait_until 30 "$1" "is sent requests by the gateway" gateway_sends "$1"; fi
    return
  fi
  # API nodes read the list of silos every 5 s, and keep off one that left for as long.
  sleep 10
  for node in $(nodes api); do
    if alive "$node"; then wait_until 30 "$node" "reaches its silos" is_ready "$node"; fi
  done
}

address() { # address <node>
  case $1 in
    silo-*) echo "127.0.0.1:$(silo_port "${1#*-}")" ;;
    api-*) echo "127.0.0.1:$(api_port "${1#*-}")" ;;
    gateway) echo "127.0.0.1:$(gateway_port)" ;;
    pg) echo "127.0.0.1:$(pg_port)" ;;
    night) night_folder ;;
  esac
}

is_ready() { curl -sf -o /dev/null --max-time 5 "http://$(address "$1")/health/ready"; }

health() { # health <node>: ready, not ready, silent or down
  if ! alive "$1"; then
    echo down
  elif case $1 in pg) answers ;; gateway) gateway_answers ;; night) true ;; *) is_ready "$1" ;; esac; then
    echo ready
  elif [[ $1 == silo-* || $1 == api-* ]] && curl -sf -o /dev/null --max-time 2 "http://$(address "$1")/health/live"; then
    echo 'not ready'
  else
    echo silent
  fi
}

memory() { # memory <node>: what its own process holds of RAM
  if alive "$1"; then awk '/^VmRSS/ { printf "%d MB\n", $2 / 1024 }' "/proc/$(pid_of "$1")/status"; else echo -; fi
}

# The first administrator of a new database. The password is kept only until it has been shown.
admin_email='' admin_password=''
choose_admin() {
  if [ ! -e "$home/admin" ]; then
    # shellcheck disable=SC2031
    write admin "$(printf '%s\n%s' "${TMS_ADMIN_EMAIL:-admin@tms.localhost}" "${TMS_ADMIN_PASSWORD:-$(random 10)}")"
  fi
  { read -r admin_email && read -r admin_password; } <"$home/admin" || true
}

say_admin() {
  if [ -z "$admin_password" ]; then return; fi
  if printf '{"email":"%s","password":"%s"}' "$admin_email" "$admin_password" | curl -sf -o /dev/null --max-time 15 \
    -H 'Content-Type: application/json' --data @- "http://127.0.0.1:$(gateway_port)/api/v2/auth/login"; then
    echo "Administrator: $admin_email, password $admin_password. It is not shown again."
  else
    echo "The database has its administrators already."
  fi
  write admin "$admin_email"
}

say_addresses() {
  echo "TMS is ready: http://127.0.0.1:$(gateway_port) (browse it at /docs)"
  echo "  API nodes  $(for node in $(nodes api); do if wanted "$node"; then printf '%s http://%s  ' "$node" "$(address "$node")"; fi; done)"
  echo "  silos      $(for node in $(nodes silo); do if wanted "$node"; then printf '%s http://%s  ' "$node" "$(address "$node")"; fi; done)"
  echo "  gateway    http://127.0.0.1:$(gateway_status_port)/metrics"
  if owns_database; then echo "  PostgreSQL 127.0.0.1:$(pg_port), its login in $home/connection"; fi
}
