"""The recipes of the images name files that are there, versions that are pinned, and a user that is not root."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.docker.replica_set import NAME as REPLICA_SET
from deploy.local.minio import MODULE as MINIO
from tests.deploy.compose import ROOT, services

RECIPES = (ROOT / "deploy/docker/Dockerfile", ROOT / "deploy/docker/minio/Dockerfile")


def copied(recipe: Path) -> list[str]:
    """What a recipe takes from this folder."""
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", recipe.read_text(), re.MULTILINE)
    return [source for line in lines for source in line.split()]


def let_through() -> set[str]:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    return {line.removeprefix("!") for line in lines if line.startswith("!")}


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.parent.name)
def test_what_is_copied_is_there_and_reaches_the_build(recipe):
    assert all((ROOT / source).exists() for source in copied(recipe))
    assert set(copied(recipe)) <= let_through()


def test_nothing_else_reaches_the_build():
    assert let_through() == {source for recipe in RECIPES for source in copied(recipe)}


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.parent.name)
def test_the_base_images_are_pinned(recipe):
    bases = re.findall(r"^FROM (\S+)", recipe.read_text(), re.MULTILINE)

    assert bases
    assert all(re.fullmatch(r"\w+:\d+\.\d+\.\d+-\S+", base) for base in bases)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.parent.name)
def test_the_last_stage_runs_as_an_ordinary_user(recipe):
    last = recipe.read_text().split("\nFROM ")[-1]
    (user,) = re.findall(r"^USER (\d+):\d+$", last, re.MULTILINE)

    assert int(user) >= 10000
    assert f"--uid {user}" in last


def test_what_an_empty_volume_is_mounted_over_belongs_to_that_user():
    lines = RECIPES[0].read_text().splitlines()
    (made,) = [line.split(" 0700 ")[1].split() for line in lines if "install -d -o saraban -g saraban -m 0700" in line]
    ours = [one for one in services().values() if one["image"].startswith("saraban:")]
    mounted = {mount.rpartition(":")[2] for one in ours for mount in one.get("volumes", ())}

    assert mounted == set(made)


def test_minio_is_the_version_that_the_tests_run_against():
    assert MINIO in RECIPES[1].read_text()


def test_a_replica_set_has_one_name():
    start = (ROOT / "deploy/docker/mongodb.sh").read_text()
    urls = [str(one.get("environment")) for one in services().values()]

    assert f"--replSet {REPLICA_SET} " in start
    assert set(re.findall(r"replicaSet=(\w+)", "".join(urls))) == {REPLICA_SET}


def test_the_python_files_that_are_copied_are_enough_to_start_a_service(tmp_path):
    for source in copied(RECIPES[0]):
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, tmp_path / source, ignore=shutil.ignore_patterns("__pycache__"))
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("SARABAN_", "PYTHON"))}

    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "saraban", "run", "--help"],
        cwd=tmp_path,
        env=plain,
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    assert "registry" in told.stdout
