"""Checks that what one manifest says of another is so; reads what `kubectl kustomize` prints."""
import re, sys
import yaml

README = "deploy/kubernetes/README.md"


class Manifests:
    def __init__(self, documents):
        self.all = [document for document in documents if document]
        self.workloads = [m for m in self.all if m["kind"] in ("Deployment", "StatefulSet", "CronJob")]
        self.secrets = set(re.findall(r"secret (?:generic|tls) (\S+)", open(README).read()))

    def names(self, kind):
        return {m["metadata"]["name"] for m in self.all if m["kind"] == kind}

    def of(self, *kinds):
        return [m for m in self.all if m["kind"] in kinds]

    def selected(self, selector):
        """The workloads whose pods a selector means."""
        return [w for w in self.workloads if matches(selector or {}, template(w)["metadata"]["labels"])]


def serves(workload):
    """Whether its pods answer somebody: those of a CronJob do their work and end."""
    return workload["kind"] != "CronJob"


def template(workload):
    return (workload["spec"] if serves(workload) else workload["spec"]["jobTemplate"]["spec"])["template"]


def matches(selector, labels):
    wanted = selector.get("matchLabels", {}).items()
    return all(labels.get(k) == v for k, v in wanted) and all(labels.get(e["key"]) in e["values"] for e in selector.get("matchExpressions", []))


def ports(workload):
    return [p for c in template(workload)["spec"]["containers"] for p in c.get("ports", [])]


def listens(workload, port):
    return any(port in (p.get("name"), p["containerPort"]) for p in ports(workload))


def services(all_):
    for service in all_.of("Service"):
        found = all_.selected({"matchLabels": service["spec"]["selector"]})
        if not found:
            yield f"Service {service['metadata']['name']} selects no pods"
        for port in service["spec"]["ports"]:
            yield from (f"Service {service['metadata']['name']}: nothing listens on {port['targetPort']}" for w in found if not listens(w, port["targetPort"]))
    for ingress in all_.of("Ingress"):
        for path in (p for rule in ingress["spec"]["rules"] for p in rule["http"]["paths"]):
            backend = path["backend"]["service"]
            if not any(s["metadata"]["name"] == backend["name"] and any(p["name"] == backend["port"]["name"] for p in s["spec"]["ports"]) for s in all_.of("Service")):
                yield f"Ingress leads to {backend}, which is no service"
        yield from (f"{README} does not say how the secret {tls['secretName']} is made" for tls in ingress["spec"]["tls"] if tls["secretName"] not in all_.secrets)


def neighbours(all_):
    for budget in all_.of("PodDisruptionBudget"):
        if len(all_.selected(budget["spec"]["selector"])) != 1:
            yield f"PodDisruptionBudget {budget['metadata']['name']} is for no one deployment"
    for scaler in all_.of("HorizontalPodAutoscaler"):
        target = scaler["spec"]["scaleTargetRef"]
        found = [w for w in all_.workloads if (w["kind"], w["metadata"]["name"]) == (target["kind"], target["name"])]
        if not found or "replicas" in found[0]["spec"]:
            yield f"HorizontalPodAutoscaler {scaler['metadata']['name']}: its target is not there, or says itself how many it wants"
    for binding in all_.of("RoleBinding"):
        if binding["roleRef"]["name"] not in all_.names("Role") or any(s["name"] not in all_.names("ServiceAccount") for s in binding["subjects"]):
            yield f"RoleBinding {binding['metadata']['name']} binds what is not there"


def policies(all_):
    for policy in all_.of("NetworkPolicy"):
        name, spec = policy["metadata"]["name"], policy["spec"]
        own = all_.selected(spec["podSelector"])
        if not own:
            yield f"NetworkPolicy {name} is for no pods"
        for rule in spec.get("ingress", []):
            yield from (f"NetworkPolicy {name}: {w['metadata']['name']} does not listen on {p['port']}" for w in own for p in rule["ports"] if not listens(w, p["port"]))
            yield from peers(all_, name, rule["from"])
        for rule in spec.get("egress", []):
            yield from peers(all_, name, rule["to"])
            for peer in rule["to"]:
                if "podSelector" in peer and "namespaceSelector" not in peer:
                    yield from (f"NetworkPolicy {name}: {w['metadata']['name']} does not listen on {p['port']}"
                                for w in all_.selected(peer["podSelector"]) for p in rule["ports"] if not listens(w, p["port"]))


def peers(all_, policy, rule):
    for peer in rule:
        if "podSelector" in peer and "namespaceSelector" not in peer and not all_.selected(peer["podSelector"]):
            yield f"NetworkPolicy {policy}: nobody is {peer['podSelector']}"


def pods(all_):
    for workload in all_.workloads:
        name, pod = workload["metadata"]["name"], template(workload)["spec"]
        if serves(workload) and not all_.selected(workload["spec"]["selector"]) == [workload]:
            yield f"{name}: its selector means other pods than its own"
        if pod["serviceAccountName"] not in all_.names("ServiceAccount"):
            yield f"{name}: no service account {pod['serviceAccountName']}"
        if not (pod["securityContext"].get("runAsNonRoot") and pod["securityContext"].get("seccompProfile", {}).get("type") == "RuntimeDefault"):
            yield f"{name} may run as root or without seccomp"
        if pod.get("terminationGracePeriodSeconds") != 40:
            yield f"{name} is not given 40 s to end"
        maps = [v["configMap"]["name"] for v in pod["volumes"] if "configMap" in v]
        yield from (f"{name}: no config map {m}" for m in maps if m not in all_.names("ConfigMap"))
        claims = [v["persistentVolumeClaim"]["claimName"] for v in pod["volumes"] if "persistentVolumeClaim" in v]
        yield from (f"{name}: no claim {c}" for c in claims if c not in all_.names("PersistentVolumeClaim"))
        for container in pod["containers"]:
            yield from (f"{name}: {fault}" for fault in inside(all_, container, {v["name"] for v in pod["volumes"]}, serves(workload)))


def inside(all_, container, volumes, served):
    security = container["securityContext"]
    if security.get("allowPrivilegeEscalation") is not False or not security.get("readOnlyRootFilesystem") or security.get("capabilities", {}).get("drop") != ["ALL"]:
        yield "the container may do more than it needs"
    if "memory" not in container["resources"]["limits"] or "cpu" not in container["resources"]["requests"]:
        yield "no limit of memory or no share of CPU"
    named = {p["name"] for p in container.get("ports", [])}
    for probe in ("livenessProbe", "readinessProbe") if served else ():
        if container[probe]["httpGet"]["port"] not in named:
            yield f"{probe} asks a port that is not there"
    yield from (f"mounts {m['name']}, which is no volume" for m in container["volumeMounts"] if m["name"] not in volumes)
    yield from (f"no config map {e['configMapRef']['name']}" for e in container.get("envFrom", []) if e["configMapRef"]["name"] not in all_.names("ConfigMap"))
    used = {e["valueFrom"]["secretKeyRef"]["name"] for e in container["env"] if "secretKeyRef" in e.get("valueFrom", {})}
    yield from (f"{README} does not say how the secret {secret} is made" for secret in used - all_.secrets)


if __name__ == "__main__":
    manifests = Manifests(yaml.safe_load_all(sys.stdin))
    found = [fault for check in (services, neighbours, policies, pods) for fault in check(manifests)]
    print("\n".join(found))
    sys.exit(1 if found or not manifests.all else 0)
