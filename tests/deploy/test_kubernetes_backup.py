"""The nightly backup, and the jobs that do an operator's other commands in its place."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from deploy.local.kubernetes import get, kubectl
from deploy.local.server import Server
from tests.deploy.compose import ROOT
from tests.deploy.manifests import OVERLAYS, container, of_kind, pods, templates

pytestmark = pytest.mark.servers

WORDS = ["replay", "search", "--check"]


@pytest.fixture(autouse=True, scope="module")
def kubectl_is_here():
    get()


def printed(cronjob: Any, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deploy.kubernetes.job", *words]
    return subprocess.run(command, input=json.dumps(cronjob), capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture(params=OVERLAYS)
def cronjob(api: Server, request: pytest.FixtureRequest) -> Any:
    """The CronJob as a cluster gives it back."""
    own = of_kind(request.param, "CronJob")["backup"]
    taken = kubectl(api, "apply", "--filename=-", text=json.dumps(own))
    assert taken.returncode == 0, taken.stderr
    return json.loads(kubectl(api, "get", "cronjob", "backup", "--namespace=saraban", "--output=json").stdout)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_a_backup_is_taken_every_night_and_never_two_at_a_time(overlay):
    own = of_kind(overlay, "CronJob")["backup"]["spec"]
    minute, hour, *rest = own["schedule"].split()

    assert minute.isdigit()
    assert int(hour) < 6
    assert (rest, own["timeZone"]) == (["*", "*", "*"], "Asia/Bangkok")
    assert own["concurrencyPolicy"] == "Forbid"
    assert not own.get("suspend", False)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_a_backup_goes_into_a_folder_of_its_own_claim(overlay):
    template = templates(overlay)["operator"]
    (volume,) = [one["name"] for one in container(template)["volumeMounts"] if one["mountPath"] == "/backup"]
    claims = {one["name"]: one.get("persistentVolumeClaim") for one in template["spec"]["volumes"]}

    assert container(template)["args"] == ["backup", "/backup/saraban"]
    assert claims[volume] == {"claimName": "backup"}
    assert claims["work"] == {"claimName": "mail"}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_its_pods_may_do_no_more_than_those_of_a_service(overlay):
    template, service = templates(overlay)["operator"], pods(overlay)["registry"]
    guards = ("securityContext", "automountServiceAccountToken", "enableServiceLinks")

    assert {key: template["spec"][key] for key in guards} == {key: service["spec"][key] for key in guards}
    assert container(template)["securityContext"] == container(service)["securityContext"]
    assert {"requests", "limits"} <= set(container(template)["resources"])


def test_any_command_is_done_with_all_that_the_backup_has_and_once(api, cronjob):
    job = json.loads(printed(cronjob, *WORDS).stdout)

    told = kubectl(api, "create", "--dry-run=server", "--validate=strict", "-ojson", "-f-", text=json.dumps(job))

    assert told.returncode == 0, told.stderr
    taken, pattern = json.loads(told.stdout), cronjob["spec"]["jobTemplate"]["spec"]
    assert container(taken["spec"]["template"])["args"] == WORDS
    container(taken["spec"]["template"])["args"] = container(pattern["template"])["args"]
    assert taken["spec"]["template"]["spec"] == pattern["template"]["spec"]
    assert pattern["template"]["metadata"]["labels"].items() <= taken["spec"]["template"]["metadata"]["labels"].items()
    assert taken["spec"]["backoffLimit"] == 0


def test_two_jobs_of_one_command_have_different_names(api, cronjob):
    text = printed(cronjob, *WORDS).stdout

    names = {kubectl(api, "create", "--dry-run=server", "-oname", "-f-", text=text).stdout.strip() for _ in range(2)}

    assert len(names) == 2
    assert all(name.startswith("job.batch/operator-replay-") for name in names)


def test_a_backup_can_be_asked_for_between_the_nights(api, cronjob):
    words = ("create", "job", "now", "--namespace=saraban", "--from=cronjob/backup", "--dry-run=server", "-ojson")

    told = kubectl(api, *words)

    assert told.returncode == 0, told.stderr
    assert container(json.loads(told.stdout)["spec"]["template"])["args"] == ["backup", "/backup/saraban"]


@pytest.mark.parametrize("words", [[], ["--help"]])
def test_without_a_command_no_job_is_printed(words):
    told = printed({}, *words)

    assert told.returncode == 2
    assert told.stdout == ""
    assert "kubectl get cronjob" in told.stderr
