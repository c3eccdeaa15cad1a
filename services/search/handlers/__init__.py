"""One use case a file: find letters, read a file, index what changed."""

from services.search.handlers.find_letters import find_letters
from services.search.handlers.index_changed import check_index, index_changed
from services.search.handlers.read_file import read_file

__all__ = ["check_index", "find_letters", "index_changed", "read_file"]
