"""One use case a file: find letters, read a file, index what changed, rebuild the index, compare and replay it."""

from services.search.handlers.compare_index import compare_index
from services.search.handlers.find_letters import find_letters
from services.search.handlers.index_changed import index_changed
from services.search.handlers.read_file import read_file
from services.search.handlers.rebuild_index import check_index, rebuild_index
from services.search.handlers.replay_index import replay_index

__all__ = [
    "check_index",
    "compare_index",
    "find_letters",
    "index_changed",
    "read_file",
    "rebuild_index",
    "replay_index",
]
