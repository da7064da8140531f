# shellcheck shell=bash
# Sourced by scripts/cluster: HAProxy in front of the API nodes, on deploy/haproxy/haproxy.cfg.

gateway_port() { echo $((8000 + offset)); }
gateway_status_port() { echo $((8405 + offset)); }

# The same file as everywhere, with this cluster's API nodes for the two that it names.
write_gateway() {
  mkdir -p "$home/gateway"
  awk -v apis="$apis" -v port="$(api_port 0)" '
    $1 == "server" && $2 == "api-1" { for (i = 1; i <= apis; i++) printf "    server api-%d 127.0.0.1:%d\n", i, port + i; next }
    $1 == "server" && $2 == "api-2" { next }
    { print }' deploy/haproxy/haproxy.cfg >"$home/gateway/haproxy.cfg.new"
  if cmp -s "$home/gateway/haproxy.cfg.new" "$home/gateway/haproxy.cfg"; then
    rm "$home/gateway/haproxy.cfg.new"
    return 1
  fi
  mv "$home/gateway/haproxy.cfg.new" "$home/gateway/haproxy.cfg"
}

# Other nodes than before: the running gateway takes them up without losing a connection.
gateway_up() {
  local changed='' i
  if write_gateway; then changed=yes; fi
  if ! alive gateway; then
    port_is_free gateway "$(gateway_port)" "$(gateway_status_port)"
    (
      PATH=$PATH:/usr/sbin
      unset TMS_API_NODES TMS_API_1 TMS_API_2
      TMS_GATEWAY_BIND=127.0.0.1:$(gateway_port)
      TMS_GATEWAY_STATUS=127.0.0.1:$(gateway_status_port)
      export TMS_GATEWAY_BIND TMS_GATEWAY_STATUS
      launch gateway "$(command -v haproxy)" -W -db -f "$home/gateway/haproxy.cfg"
    )
  elif [ -n "$changed" ]; then
    signal USR2 gateway
  fi
  for ((i = 1; i <= apis; i++)); do wait_until 30 gateway "sends requests to api-$i" gateway_sends "api-$i"; done
}

gateway_sends() { # gateway_sends <api node>: it is up in both backends, requests and live
  local count
  count=$(curl -sf --max-time 2 "http://127.0.0.1:$(gateway_status_port)/metrics" 2>/dev/null \
    | grep -cE "^haproxy_server_status\{proxy=\"(api|live)\",server=\"$1\",state=\"UP\"\} 1" || true)
  [ "$count" = 2 ]
}

gateway_answers() { curl -sf -o /dev/null --max-time 2 "http://127.0.0.1:$(gateway_status_port)/health/live"; }
