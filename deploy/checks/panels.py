"""Writes the expressions of all dashboards as recording rules to the standard output, for promtool to read them."""
import sys
import yaml
from metrics import panels

rules = [{"record": f"panel:{i}", "expr": expression.replace("$__rate_interval", "1m")} for i, (_, expression) in enumerate(panels())]
yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}, sys.stdout)
