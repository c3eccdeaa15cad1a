"""A Kubernetes API server (kube-apiserver over etcd) to check manifests against: it validates, admits and stores as in
a cluster, but runs no pods. Built once from the Kubernetes modules; the kinds of the operators come from their own.
"""

from __future__ import annotations

import csv
import json
import os
import re
import secrets
import shutil
import subprocess
from pathlib import Path

import requests

from deploy.local.kept import once
from deploy.local.ports import HOST, free_port
from deploy.local.server import Server, ServerMissing, await_ready, launch

VERSION = "1.33.3"
MODULE = f"k8s.io/kubernetes@v{VERSION}"
PROGRAMS = ("kube-apiserver", "kubectl")
DEFINITIONS = {
    "github.com/rabbitmq/cluster-operator/v2@v2.16.0": "config/crd/bases",
    "github.com/mongodb/mongodb-kubernetes-operator@v0.13.0": "config/crd/bases",
    "github.com/kedacore/keda/v2@v2.17.2": "config/crd/bases",
}
"""Module of an operator → where it keeps the definitions of its kinds."""


def get() -> Path:
    """The folder with kube-apiserver, kubectl and `definitions/`; builds them the first time, some six minutes on two
    cores. Raises ServerMissing without Go, its modules, etcd or openssl."""
    for program, package in (("go", "Go"), ("etcd", "Debian's etcd-server"), ("openssl", "Debian's openssl")):
        if shutil.which(program) is None:
            raise ServerMissing(f"{program} is not here: install {package}")
    try:
        return once(f"kubernetes-{VERSION}", _make)
    except subprocess.CalledProcessError as error:
        raise ServerMissing(f"kube-apiserver could not be built: {error}\n{(error.stderr or '')[-2000:]}") from error


def start(folder: Path, port: int | None = None) -> Server:
    """An empty API server on loopback. `folder/kubeconfig` lets its administrator in; so does `kubectl()`."""
    built = get()
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    token = secrets.token_hex(16)
    _credentials(folder, port, token)
    etcd, peers = f"http://{HOST}:{free_port()}", f"http://{HOST}:{free_port()}"
    pid, log = launch("kubernetes", ["bash", "-c", _both(built, etcd, peers, port)], folder)
    server = Server("kubernetes", f"https://{HOST}:{port}", pid, log)
    return await_ready(server, lambda: _ready(server, token))


def kubectl(server: Server, *words: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run kubectl as the administrator of this server; `text` is what it reads as standard input."""
    config = server.log.parent / "kubeconfig"
    command = [str(get() / "kubectl"), f"--kubeconfig={config}", f"--cache-dir={config.parent / 'cache'}", *words]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


def render(folder: Path) -> str:
    """The YAML that a kustomization makes. Raises CalledProcessError, with kubectl's words in `stderr`."""
    command = [str(get() / "kubectl"), "kustomize", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _make(place: Path) -> None:
    source = place / "source"
    source.mkdir()
    (source / "go.mod").write_text(_go_mod(_download(MODULE)))
    flags = ["-mod=mod", "-trimpath", f"-ldflags=-s -w -X k8s.io/component-base/version.gitVersion=v{VERSION}"]
    for program in PROGRAMS:
        build = ["go", "build", *flags, "-o", str(place / program), f"k8s.io/kubernetes/cmd/{program}"]
        plain = {**os.environ, "CGO_ENABLED": "0", "GOFLAGS": ""}
        subprocess.run(build, cwd=source, check=True, env=plain, capture_output=True, text=True)
    for module, under in DEFINITIONS.items():
        folder = place / "definitions" / module.split("/")[1]
        folder.mkdir(parents=True)
        for definition in (_download(module) / under).iterdir():
            shutil.copyfile(definition, folder / definition.name)


def _go_mod(kubernetes: Path) -> str:
    """Kubernetes keeps parts of itself as modules of their own, published as v0.x beside each v1.x."""
    parts = re.findall(r"^\s*(k8s\.io/\S+) => \./staging/", (kubernetes / "go.mod").read_text(), re.MULTILINE)
    part = VERSION.replace("1.", "v0.", 1)
    lines = ["module kept", "go 1.24", f"require k8s.io/kubernetes v{VERSION}"]
    return "\n".join([*lines, *(f"replace {name} => {name} {part}" for name in parts)]) + "\n"


def _download(module: str) -> Path:
    told = subprocess.run(
        ["go", "mod", "download", "-json", module], capture_output=True, text=True, check=True, cwd="/"
    )
    return Path(json.loads(told.stdout)["Dir"])


def _credentials(folder: Path, port: int, token: str) -> None:
    with (folder / "tokens.csv").open("w") as tokens:
        csv.writer(tokens).writerow([token, "administrator", "1", "system:masters"])
    key = ["openssl", "genrsa", "-out", str(folder / "service-account.key"), "2048"]
    subprocess.run(key, check=True, capture_output=True)
    cluster = {"server": f"https://{HOST}:{port}", "certificate-authority": str(folder / "apiserver.crt")}
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "local", "cluster": cluster}],
        "users": [{"name": "administrator", "user": {"token": token}}],
        "contexts": [{"name": "local", "context": {"cluster": "local", "user": "administrator"}}],
        "current-context": "local",
    }
    (folder / "kubeconfig").write_text(json.dumps(config))


def _both(built: Path, etcd: str, peers: str, port: int) -> str:
    """One process group for the two: whoever ends the API server ends its store."""
    store = (
        f"etcd --data-dir=etcd --listen-client-urls={etcd} --advertise-client-urls={etcd} --listen-peer-urls={peers}"
        f" --initial-advertise-peer-urls={peers} --initial-cluster=default={peers} --unsafe-no-fsync"
    )
    api = (
        f"{built}/kube-apiserver --etcd-servers={etcd} --bind-address={HOST} --secure-port={port} --cert-dir=."
        f" --advertise-address={HOST} --endpoint-reconciler-type=none --anonymous-auth=false"
        " --authorization-mode=RBAC --token-auth-file=tokens.csv --disable-admission-plugins=ServiceAccount"
        " --service-account-issuer=https://kubernetes.default.svc --service-account-key-file=service-account.key"
        " --service-account-signing-key-file=service-account.key --service-cluster-ip-range=10.0.0.0/24"
    )
    return f"{store} & exec {api}"


def _ready(server: Server, token: str) -> bool:
    certificate = server.log.parent / "apiserver.crt"
    try:
        told = requests.get(
            f"{server.address}/readyz", headers={"Authorization": f"Bearer {token}"}, verify=str(certificate), timeout=5
        )
    except (OSError, requests.RequestException):
        return False
    return told.status_code == 200
