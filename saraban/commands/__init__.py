"""The `saraban` command, one module a command.

Each module has `add(parser)` to name its arguments and `run(arguments, settings)` that answers the exit code.
"""
