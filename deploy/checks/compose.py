"""What every service of docker-compose.yml keeps to; reads the configuration as `docker-compose config` prints it."""
import sys
import yaml

# Their images have nothing that could check them, and nobody waits for them.
UNCHECKED = {"jaeger", "node-exporter"}


def faults(services):
    for name, service in services.items():
        said = {
            "restart: unless-stopped": service.get("restart") == "unless-stopped",
            "a read-only root": service.get("read_only") is True,
            "no capabilities": service.get("cap_drop") == ["ALL"],
            "no new privileges": "no-new-privileges:true" in service.get("security_opt", []),
            "a limit of memory": "mem_limit" in service,
            "a pinned image": "build" in service or ":" in service["image"].rsplit("/", 1)[-1] and not service["image"].endswith(":latest"),
            # Built images bring theirs along.
            "a health check": "healthcheck" in service or "build" in service or name in UNCHECKED,
            "ports on this machine only, but for the gateway": name == "gateway" or all(str(port).startswith("127.0.0.1:") for port in service.get("ports", [])),
        }
        yield from (f"docker-compose.yml: {name} lacks {what}" for what, holds in said.items() if not holds)
        yield from (f"docker-compose.yml: {name} waits for {other}, which is no service" for other in service.get("depends_on", {}) if other not in services)


if __name__ == "__main__":
    found = list(faults(yaml.safe_load(sys.stdin)["services"]))
    print("\n".join(found))
    sys.exit(1 if found else 0)
