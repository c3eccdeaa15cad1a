"""The inside of a child process with limits: what `saraban.child` starts. Few imports, as each costs start time.

The cage is shut before any untrusted byte is read: limits on memory, CPU time, file size and open files, and a seccomp
filter that refuses sockets, new processes, other programs and reaching into other processes (threads are allowed).
Where the kernel refuses the filter, an empty network namespace takes its place; where it refuses that too, Python's
own sockets are barred and native code is not, so run such hosts behind a firewall.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Mapping
from typing import Any

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38
SECCOMP_MODE_FILTER = 2
CLONE_NEWNET, CLONE_THREAD = 0x40000000, 0x00010000
ALLOW, REFUSE, UNKNOWN = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS

# (AUDIT_ARCH, clone, clone3, refused): linux/audit.h and the kernel's syscall tables. Refused are socket, kill, tkill,
# ptrace, setsid, setpgid, execve, execveat, process_vm_readv/writev, pidfd_*, io_uring_setup, unshare, setns, bpf,
# and fork and vfork where they exist.
_SHARED = (424, 425, 434, 438)
SYSCALLS = {
    "x86_64": (0xC000003E, 56, 435, (41, 57, 58, 59, 62, 101, 109, 112, 200, 272, 308, 310, 311, 321, 322, *_SHARED)),
    "aarch64": (0xC00000B7, 220, 435, (198, 221, 129, 130, 117, 154, 157, 97, 268, 270, 271, 280, 281, *_SHARED)),
}


def main(result_fd: int) -> None:
    """Read one JSON request from standard input, shut the cage, do the work, write the JSON answer to `result_fd`."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    request = json.loads(sys.stdin.buffer.read())
    set_limits(request)
    shut_network(libc)
    answer = _work(request)
    with open(result_fd, "wb") as pipe:
        pipe.write(answer)
    sys.stdout.flush()
    os._exit(0)


def set_limits(limits: Mapping[str, Any]) -> None:
    """Limit this process: memory_mb of address space, cpu_seconds, output_bytes per file written, 64 open files."""
    memory = int(limits["memory_mb"]) * 1024 * 1024
    cpu = int(limits["cpu_seconds"])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limits["output_bytes"]),) * 2)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)


def shut_network(libc: ctypes.CDLL) -> str:
    """Take the network away; answers how: `seccomp`, `namespace` or `python`."""
    if _filter_syscalls(libc):
        return "seccomp"
    if libc.unshare(CLONE_NEWNET) == 0:
        return "namespace"
    sys.addaudithook(_bar_sockets)
    return "python"


def _work(request: Mapping[str, Any]) -> bytes:
    try:
        answer = json.dumps({"value": _call(request["function"], request["args"])})
    except MemoryError:
        answer = json.dumps({"error": "memory"})
    except OSError as error:
        answer = json.dumps({"error": "output" if error.errno == errno.EFBIG else "crash", "said": repr(error)})
    except Exception as error:  # noqa: BLE001 - whatever a parser raises, the parent is told
        answer = json.dumps({"error": "crash", "said": repr(error)[:2000]})
    return answer.encode()


def _call(function: str, args: list[Any]) -> Any:
    import importlib

    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)(*args)


def _filter_syscalls(libc: ctypes.CDLL) -> bool:
    known = SYSCALLS.get(platform.machine())
    if known is None:
        return False
    program = ctypes.create_string_buffer(_program(*known))
    rules = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(program)))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return int(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, rules, 0, 0)) == 0


def _program(arch: int, clone: int, clone3: int, refused: tuple[int, ...]) -> bytes:
    """A BPF program over struct seccomp_data: nr at 0, arch at 4, low half of the first argument at 16."""
    load, equal, at_least, any_bit, give = 0x20, 0x15, 0x35, 0x45, 0x06
    rules = [(load, 0, 0, 4), (equal, 1, 0, arch), (give, 0, 0, REFUSE), (load, 0, 0, 0)]
    # The x32 calls of x86-64 are the same calls under numbers from here on.
    rules += [(at_least, 0, 1, 0x40000000), (give, 0, 0, REFUSE)]
    for number in refused:
        rules += [(equal, 0, 1, number), (give, 0, 0, REFUSE)]
    # A C library that is told clone3 does not exist uses clone, whose flags can be seen here.
    rules += [(equal, 0, 1, clone3), (give, 0, 0, UNKNOWN)]
    rules += [(equal, 0, 3, clone), (load, 0, 0, 16), (any_bit, 1, 0, CLONE_THREAD), (give, 0, 0, REFUSE)]
    rules += [(give, 0, 0, ALLOW)]
    return b"".join(struct.pack("HBBI", *rule) for rule in rules)


def _bar_sockets(event: str, _args: tuple[Any, ...]) -> None:
    if event.startswith("socket."):
        raise PermissionError(errno.EPERM, "no network in here")
