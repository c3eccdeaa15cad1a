"""Saraban on Kubernetes: `base` and the overlays `small` and `production`; see README.md.

`python3 -m deploy.kubernetes.credentials | kubectl create -f -` makes the Secrets that the manifests name.
"""
