"""What every service of docker-compose.yml keeps to; reads the configuration as `docker-compose config` prints it."""
import sys
import yaml

# Their images have nothing that could check them, and nobody waits for them; of upkeep alerts ask what it has done.
UNCHECKED = {"jaeger", "node-exporter", "upkeep"}


def faults(services):
    built = [service["image"] for service in services.values() if "build" in service]
    yield from (f"docker-compose.yml: {image} is built by more than one service" for image in set(built) if built.count(image) > 1)
    yield from addresses(services)
    yield from targets(services)
    if f"FROM {services['postgres']['image']} AS upkeep" not in open("Dockerfile").read():
        yield "Dockerfile: upkeep has other programs of PostgreSQL than the server's"
    for name, service in services.items():
        said = {
            "restart: unless-stopped": service.get("restart") == "unless-stopped",
            "a read-only root": service.get("read_only") is True,
            "no capabilities": service.get("cap_drop") == ["ALL"],
            "no new privileges": "no-new-privileges:true" in service.get("security_opt", []),
            "a limit of memory": "mem_limit" in service,
            "a limit of processes": "pids_limit" in service,
            "a pinned image": service["image"] in built or ":" in service["image"].rsplit("/", 1)[-1] and not service["image"].endswith(":latest"),
            # Built images bring theirs along.
            "a health check": "healthcheck" in service or service["image"] in built or name in UNCHECKED,
            "ports on this machine only, but for the gateway": name == "gateway" or all(str(port).startswith("127.0.0.1:") for port in service.get("ports", [])),
        }
        yield from (f"docker-compose.yml: {name} lacks {what}" for what, holds in said.items() if not holds)
        yield from (f"docker-compose.yml: {name} waits for {other}, which is no service" for other in service.get("depends_on", {}) if other not in services)


def addresses(services):
    """The gateway reaches each API node at its fixed address, and its own is the one that they believe."""
    fixed = {name: service["networks"]["tms"]["ipv4_address"] for name, service in services.items() if (service.get("networks", {}).get("tms") or {}).get("ipv4_address")}
    yield from (f"docker-compose.yml: {address} is given to more than one service" for address in fixed.values() if list(fixed.values()).count(address) > 1)
    for name, service in services.items():
        settings = service.get("environment", {})
        if settings.get("Tms__Cluster__AdvertisedAddress", fixed.get(name)) != fixed.get(name):
            yield f"docker-compose.yml: {name} says another address than its own"
        if settings.get("Tms__KnownProxies", fixed["gateway"]) != fixed["gateway"]:
            yield f"docker-compose.yml: {name} believes another than the gateway"
    if {value for key, value in services["gateway"]["environment"].items() if key.startswith("TMS_API_")} != {f"{fixed.get(name)}:8000" for name in services if name.startswith("api-")}:
        yield "docker-compose.yml: the gateway's nodes are not the API nodes"


def targets(services):
    """Prometheus asks every silo and API node."""
    jobs = yaml.safe_load(open("deploy/prometheus/prometheus.yml"))["scrape_configs"]
    asked = {target.split(":")[0] for job in jobs for static in job["static_configs"] for target in static["targets"]}
    yield from (f"deploy/prometheus/prometheus.yml: nobody asks {name}" for name in services if name.startswith(("silo-", "api-")) and name not in asked)


if __name__ == "__main__":
    found = list(faults(yaml.safe_load(sys.stdin)["services"]))
    print("\n".join(found))
    sys.exit(1 if found else 0)
