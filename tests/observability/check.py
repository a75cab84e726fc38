"""Checks the dashboard and the alert rules against a Prometheus that has scraped a Wego in use.

Prints a line for each check and ends with their numbers: PASSED FAILED.
"""

import json
import pathlib
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import yaml

ROOT = pathlib.Path(__file__).parents[2]
OBSERVABILITY = ROOT / "deploy" / "observability"
METRIC = re.compile(r"\b(?:rpc|wego|orleans|http|kestrel|dotnet|target|up)(?:_[a-z0-9_]+)?(?=[{\[ )]|$)")
LABELS = re.compile(r"\{[^}]*\}|\b(?:by|on) \([^)]*\)")

# A short journey on a healthy cluster shows neither; docs/telemetry.md must know them.
RARE = {"wego_kubernetes_watch_restarts_total", "orleans_app_requests_timedout_total"}


# The journey adds a repository that cannot be fetched.
BROKEN_ON_PURPOSE = {"WegoRefreshesFail"}


class Prometheus:
    def __init__(self, address):
        self.address = address

    def get(self, path, **parameters):
        url = f"{self.address}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as e:
            raise ValueError(json.load(e)["error"]) from e

    def query(self, expression):
        return self.get("query", query=expression)["result"]


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def run(self, name, check):
        try:
            problem = check()
        except (ValueError, KeyError, OSError) as e:
            problem = f"{type(e).__name__}: {e}"
        if problem:
            self.failed += 1
            print(f"not ok: {name}: {problem}")
        else:
            self.passed += 1
            print(f"ok: {name}")


def fill(expression):
    return expression.replace("$job", "wego").replace("$__rate_interval", "1m").replace("$__range", "5m")


def names(expression):
    """The metrics that an expression reads."""
    return set(METRIC.findall(LABELS.sub("{", expression) + " "))


def unknown(expression, known, documented):
    missing = {n for n in names(expression) if n not in known and not (n in RARE and n in documented)}
    return f"no metric is called {', '.join(sorted(missing))}" if missing else None


def check_panel(prometheus, panel, known, documented):
    results = []
    for target in panel["targets"]:
        results += prometheus.query(fill(target["expr"]))
        if problem := unknown(target["expr"], known, documented):
            return problem
    numbers = [r for r in results if r["value"][1] != "NaN"]
    return None if numbers else "it shows nothing"


def check_alert(prometheus, rule, known, documented):
    if problem := unknown(rule["expr"], known, documented):
        return problem
    due = prometheus.query(rule["expr"])
    if bool(due) == (rule["alert"] in BROKEN_ON_PURPOSE):
        return None
    return f"it is due on a healthy server: {due}" if due else "it is not due although the journey breaks what it looks at"


def check_rules(prometheus):
    deadline = time.monotonic() + 30
    while True:
        rules = [r for g in prometheus.get("rules")["groups"] for r in g["rules"]]
        if all(r["health"] != "unknown" for r in rules) or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    wrong = [f"{r['name']} is {r['health']} {r.get('lastError', '')}" for r in rules if r["health"] != "ok"]
    return "; ".join(wrong) if wrong else None if rules else "no rule is loaded"


def check_target(prometheus):
    targets = [t for t in prometheus.get("targets")["activeTargets"] if t["labels"]["job"] == "wego"]
    return None if [t["health"] for t in targets] == ["up"] else f"{targets}"


def check_tested(alerts):
    tests = yaml.safe_load((OBSERVABILITY / "alerts.test.yaml").read_text())["tests"]
    fired = {t["alertname"] for test in tests for t in test["alert_rule_test"] if t.get("exp_alerts")}
    quiet = {t["alertname"] for test in tests for t in test["alert_rule_test"] if not t.get("exp_alerts")}
    missing = [a["alert"] for a in alerts if a["alert"] not in fired & quiet]
    return f"no test fires and keeps quiet: {missing}" if missing else None


def check_bounded(prometheus):
    overflow = prometheus.query('{otel_metric_overflow="true"}')
    return f"{overflow}" if overflow else None


def main():
    prometheus, checks = Prometheus(sys.argv[1]), Checks()
    known = set(prometheus.get("label/__name__/values"))
    documented = (ROOT / "docs" / "telemetry.md").read_text()
    alerts = [r for g in yaml.safe_load((OBSERVABILITY / "alerts.yaml").read_text())["groups"] for r in g["rules"]]
    panels = [p for p in json.loads((OBSERVABILITY / "dashboard.json").read_text())["panels"] if p["type"] != "row"]
    checks.run("Prometheus takes what Wego serves", lambda: check_target(prometheus))
    checks.run("no metric has too many series", lambda: check_bounded(prometheus))
    checks.run("the rules are evaluated", lambda: check_rules(prometheus))
    checks.run("every alert is tested", lambda: check_tested(alerts))
    for rule in alerts:
        checks.run(f"alert {rule['alert']}", lambda: check_alert(prometheus, rule, known, documented))
    for panel in panels:
        checks.run(f"panel {panel['title']}", lambda: check_panel(prometheus, panel, known, documented))
    print(checks.passed, checks.failed)


main()
