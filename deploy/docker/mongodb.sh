#!/bin/bash
# Starts mongod as a member of a replica set: its key comes from the environment and must be a file of its own.
set -eu
umask 077
printf '%s' "$MONGODB_KEY" > /tmp/key
unset MONGODB_KEY
exec docker-entrypoint.sh mongod --replSet saraban --keyFile /tmp/key --bind_ip_all --wiredTigerCacheSizeGB 1
