"""`python3 -m deploy.kubernetes.job COMMAND…`: print a Job that runs one command of Saraban in the cluster.

    kubectl get cronjob -n saraban backup -o json | python3 -m deploy.kubernetes.job doctor | kubectl create -f -

Reads the CronJob `backup` as the cluster has it, so that image, settings and volumes are the right ones. Needs nothing
but Python.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Sequence
from typing import Any


def job(cronjob: dict[str, Any], words: Sequence[str]) -> dict[str, Any]:
    """The Job that does `saraban WORDS…` in the place of the CronJob's own command, once."""
    metadata, pattern = cronjob["metadata"], copy.deepcopy(cronjob["spec"]["jobTemplate"])
    pattern["spec"]["template"]["spec"]["containers"][0]["args"] = list(words)
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {
            "generateName": f"operator-{words[0]}-",
            "namespace": metadata["namespace"],
            "labels": metadata["labels"],
        },
        "spec": pattern["spec"],
    }


def main() -> int:
    """Answers 2 when no command was named."""
    words = sys.argv[1:]
    if not words or words[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    print(json.dumps(job(json.load(sys.stdin), words), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
