"""Holds alerts, dashboards and docs to the metrics that exist.

  metrics.py                                  the files among themselves, and the tms_ metrics against the code
  metrics.py live silo|api|both|gateway ADDRESS …     what /metrics of running processes shows against deploy/prometheus/metrics.txt
"""
import glob, json, re, sys, urllib.request
import yaml

LIST, ALERTS, TESTS = "deploy/prometheus/metrics.txt", "deploy/prometheus/alerts.yml", "deploy/prometheus/*.test.yml"
RUNBOOK, DOCS = "docs/alerts.md", ["docs/operations.md", "docs/alerts.md"]
UNITS = {"s": "seconds", "ms": "milliseconds", "By": "bytes"}
WORDS = {"and", "or", "unless", "offset", "bool", "inf", "nan"}


def listed():
    lines = (line.split() for line in open(LIST) if line.strip() and not line.startswith("#"))
    return {name: (kind, who, when) for name, kind, who, when in lines}


def in_code():
    """The names under which the exporter of OpenTelemetry shows what the code makes."""
    made = {}
    call = re.compile(r'Create(ObservableGauge|UpDownCounter|Counter|Histogram)(?:<\w+>)?\( ?"([\w.]+)"(.*)\)')
    for path in glob.glob("[A-Z]*/**/*.cs", recursive=True):
        if "/obj/" in path or "/bin/" in path:
            continue
        source = re.sub(r"(?<=[,(])\n\s+", " ", open(path, encoding="utf-8-sig").read())  # a call may go on in the next line
        for kind, name, rest in call.findall(source):
            text = name.replace(".", "_")
            unit = UNITS.get(next(iter(re.findall(r'^, (?:\w+, )?"(\w+)"', rest)), ""), "")
            if unit and not text.endswith(unit):
                text += "_" + unit
            made[text + "_total" * (kind == "Counter")] = {"Counter": "counter", "Histogram": "histogram"}.get(kind, "gauge")
    return made


def names(expression):
    text = re.sub(r'"[^"]*"', "", expression)
    text = re.sub(r"\{[^}]*\}|\[[^\]]*\]", "", text)
    text = re.sub(r"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", "", text)
    found = re.findall(r"(?<![\w.])([A-Za-z_]\w*)(?!\w|\s*\()", text)
    return {name for name in found if name.lower() not in WORDS}


def base(name, known):
    stem = re.sub(r"_(bucket|sum|count)$", "", name)
    return stem if known.get(stem, ("",))[0] == "histogram" else name


def rules():
    return [rule for group in yaml.safe_load(open(ALERTS))["groups"] for rule in group["rules"]]


def panels():
    for path in sorted(glob.glob("deploy/grafana/dashboards/*.json")):
        for panel in json.load(open(path))["panels"]:
            for target in panel.get("targets", []):
                yield f"{path}, {panel['title']}", target["expr"]


def faults_of_files():
    known, made = listed(), in_code()
    for name, kind in made.items():
        if name not in known:
            yield f"{LIST} lacks {name}, which the code makes"
        elif known[name][0] != kind:
            yield f"{LIST}: {name} is a {kind}"
    yield from (f"{LIST}: nothing in the code makes {name}" for name in known if name.startswith("tms_") and name not in made)

    used = [(f"{ALERTS}, {rule['alert']}", rule["expr"]) for rule in rules()] + list(panels())
    for where, expression in used:
        yield from (f"{where}: {name} is not in {LIST}" for name in sorted(names(expression)) if base(name, known) not in known)
    for path in DOCS:
        for name in sorted(set(re.findall(r"`(tms_\w+)", open(path).read()))):
            if base(name, known) not in known and not (name.endswith("_") and any(other.startswith(name) for other in known)):
                yield f"{path}: {name} is not in {LIST}"

    sections, tested = re.findall(r"^## (\w+)", open(RUNBOOK).read(), re.M), "".join(open(path).read() for path in glob.glob(TESTS))
    for rule in rules():
        anchor = rule["annotations"]["runbook"].removeprefix(RUNBOOK + "#")
        if anchor not in [section.lower() for section in sections]:
            yield f"{ALERTS}, {rule['alert']}: {RUNBOOK} has no section {anchor}"
        if f'"{rule["alert"]}"' not in tested:
            yield f"{TESTS}: nothing tests {rule['alert']}"
    anchors = {rule["annotations"]["runbook"].split("#")[1] for rule in rules()}
    yield from (f"{RUNBOOK}: no alert leads to {section}" for section in sections if section.lower() not in anchors)


def faults_of(address, who):
    shown = dict(re.findall(r"^# TYPE (\S+) (\S+)$", urllib.request.urlopen(address, timeout=10).read().decode(), re.M))
    for name, (kind, whose, when) in listed().items():
        if whose not in {"silo": ("silo", "both"), "api": ("api", "both"), "both": ("silo", "api", "both")}.get(who, (who,)):
            continue
        if name not in shown and when == "start":
            yield f"{address} shows no {name}"
        if name in shown and shown[name] != kind:
            yield f"{address}: {name} is a {shown[name]}, not a {kind}"


if __name__ == "__main__":
    found = list(faults_of_files()) if len(sys.argv) == 1 else [fault for address in sys.argv[3:] for fault in faults_of(address, sys.argv[2])]
    print("\n".join(found))
    sys.exit(1 if found else 0)
