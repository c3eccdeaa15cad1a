"""docker-compose.yml says what it should: nothing is open, nothing has a default password, every name fits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from deploy.docker.environment import VARIABLES
from saraban.commands.run import BY_NAME
from saraban.settings import Settings
from tests.deploy.compose import FILE, ROOT, asked_for, compose, operator, ours, saraban_settings, services

ONE_SHOT = {"init", "replica-set"}
WRITABLE = {"opensearch"}


def check(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_file_fits_the_published_schema():
    told = check(FILE)

    assert told.returncode == 0, told.stdout


def test_a_misspelt_key_does_not_fit_the_schema(tmp_path):
    misspelt = tmp_path / "docker-compose.yml"
    misspelt.write_text(FILE.read_text().replace("depends_on:", "depend_on:", 1))

    told = check(misspelt)

    assert told.returncode != 0
    assert "depend_on" in told.stdout


def test_every_variable_is_made_by_the_environment_command_and_every_one_made_is_used():
    assert set(asked_for()) == set(VARIABLES)


def test_without_its_variables_nothing_starts():
    assert {rest[:2] for rest in asked_for().values()} == {":?"}


def test_only_the_portal_opens_a_port():
    assert {name for name, one in services().items() if "ports" in one} == {"portal"}


def test_only_the_portal_is_in_a_network_with_a_way_out():
    networks = compose()["networks"]

    open_ones = {name for name, one in networks.items() if not one.get("internal")}

    assert open_ones == {"front"}
    assert [name for name, one in services().items() if open_ones & set(one["networks"])] == ["portal"]


@pytest.mark.parametrize(
    ("server", "askers"),
    [
        ("rabbitmq", {"registry", "intake", "routing", "search", "mail", "portal", "init", "operator"}),
        ("mongodb", {"registry", "intake", "routing", "search", "mail", "replica-set", "operator"}),
        ("minio", {"intake", "operator"}),
        ("opensearch", {"search", "operator"}),
    ],
)
def test_a_server_is_reached_by_those_who_work_with_it_alone(server, askers):
    (network,) = services()[server]["networks"]

    assert {name for name, one in services().items() if network in one["networks"]} == askers | {server}


def test_every_service_runs_and_has_its_own_container():
    assert set(ours()) == set(BY_NAME)
    assert all(services()[name] is one for name, one in ours().items())


@pytest.mark.parametrize("name", sorted(services()))
def test_every_setting_is_one_that_saraban_has(name):
    given = saraban_settings(services()[name])

    assert set(given) <= set(Settings.model_fields)
    Settings(**given)


def test_the_log_is_known_to_the_registry_and_the_operator_alone():
    assert [name for name, one in services().items() if "log" in saraban_settings(one)] == ["registry", "operator"]


def test_the_operator_is_told_of_the_same_servers_as_the_services():
    servers = {"broker", "log", "views", "objects", "index", "intake_url", "secret"}
    told = [pair for one in ours().values() for pair in saraban_settings(one).items() if pair[0] in servers]

    assert set(saraban_settings(operator()).items()) == set(told)


def test_the_operator_starts_only_when_called_and_calls_nobody_else():
    assert operator()["profiles"] == ["tools"]
    assert operator()["restart"] == "no"
    assert "depends_on" not in operator()
    assert not [name for name, one in services().items() if "operator" in one.get("depends_on", {})]


def test_the_operator_keeps_backups_where_they_outlive_it_with_the_mails_that_wait():
    mounts = dict(mount.split(":") for mount in operator()["volumes"])

    assert mounts["backup"] == "/backup"
    assert [f"mail:{mounts['mail']}"] == ours()["mail"]["volumes"]


@pytest.mark.parametrize("name", sorted(services()))
def test_an_image_is_pinned_to_a_version(name):
    _, _, tag = services()[name]["image"].partition(":")

    assert any(letter.isdigit() for letter in tag)


@pytest.mark.parametrize("name", sorted(services()))
def test_a_container_may_do_no_more_than_it_must(name):
    one = services()[name]

    assert one["read_only"] is (name not in WRITABLE)
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in one
    assert {"cpus", "memory"} <= set(one["deploy"]["resources"]["limits"])


@pytest.mark.parametrize("name", sorted(services()))
def test_who_is_waited_for_can_become_what_is_waited_for(name):
    for needed, how in services()[name].get("depends_on", {}).items():
        other = services()[needed]
        if how["condition"] == "service_completed_successfully":
            assert needed in ONE_SHOT
        else:
            assert not other.get("healthcheck", {}).get("disable")
            assert "healthcheck" in other or "build" in other, f"{needed} has no health check"


def test_what_is_mounted_is_there():
    mounts = [mount for one in services().values() for mount in one.get("volumes", ())]
    sources = {mount.split(":")[0] for mount in mounts if ":" in mount}

    assert {one for one in sources if not one.startswith(".")} == set(compose()["volumes"])
    assert all((ROOT / one).is_file() for one in sources if one.startswith("."))


def test_mail_whose_folders_are_shared_by_nobody_runs_once():
    assert ours()["mail"]["deploy"]["replicas"] == 1
    assert all(ours()[name]["deploy"]["replicas"] >= 2 for name in ("registry", "intake", "routing", "search"))
