"""The real servers on one machine without containers, for tests and for trying: RabbitMQ, MongoDB, MinIO, OpenSearch
and a Kubernetes API server. Each listens on loopback only, on its own port, with its own data folder and,
where it has one, its own password. One file per server; each offers

    get()                        put what it needs where `kept` says; quick when it is there already
    start(folder, …) -> Server   start it on a data folder and wait until it answers

`python -m deploy.local start|stop|see [NAME…]` is the same by hand.
"""
