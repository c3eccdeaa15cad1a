"""Views in plain dictionaries, as much of them as following needs."""

from __future__ import annotations

from copy import deepcopy

from saraban.ports import Found, Put


class ViewsAtHand:
    def __init__(self, records=None):
        self.streams, self.docs, self.at = {}, {}, 0
        self.kept = {} if records is None else records

    def applied(self, streams):
        return {stream: self.streams.get(stream, 0) for stream in streams}

    def apply(self, steps):
        refused = [step.stream for step in steps if self.streams.get(step.stream, 0) != step.was]
        for step in steps:
            if step.stream not in refused:
                self._write(step)
        return refused

    def _write(self, step):
        self.streams[step.stream] = step.to
        for change in step.changes:
            if isinstance(change, Put):
                self.docs[change.table, change.key] = deepcopy(change)
            else:
                self.docs.pop((change.table, change.key), None)

    def get(self, table, key):
        put = self.docs.get((table, key))
        return put.doc if put else None

    def get_many(self, table, keys):
        return {key: self.docs[table, key].doc for key in keys if (table, key) in self.docs}

    def _fitting(self, table, index, values):
        of_table = [put for (name, _), put in self.docs.items() if name == table]
        return [put for put in of_table if set(values) & set(put.index.get(index, ()))]

    def find(self, table, index, values, *, limit, after=None, descending=False):
        found = [Found(key=put.key, sort=put.sort, doc=put.doc) for put in self._fitting(table, index, values)]
        found.sort(key=lambda one: (one.sort, one.key), reverse=descending)
        if after is not None:
            found = [
                one for one in found if ((one.sort, one.key) < after if descending else (one.sort, one.key) > after)
            ]
        return found[:limit]

    def count(self, table, index, values):
        return len(self._fitting(table, index, values))

    def position(self):
        return self.at

    def advance(self, position):
        self.at = max(self.at, position)

    def beside(self):
        return ViewsAtHand(self.kept)

    def adopt(self, rebuilt):
        self.streams, self.docs, self.at = rebuilt.streams, rebuilt.docs, rebuilt.at

    def dump(self):
        for (table, key), put in sorted(self.docs.items()):
            yield table, key, {"doc": put.doc, "index": put.index, "sort": put.sort}

    def record(self, table, key):
        return self.kept.get((table, key))

    def put_record(self, table, key, doc, *, unless_exists=False):
        self.kept[table, key] = doc
        return True

    def delete_record(self, table, key):
        return self.kept.pop((table, key), None) is not None

    def records(self, table, after="", limit=1000):
        return [(key, doc) for (name, key), doc in sorted(self.kept.items()) if name == table and key > after][:limit]

    def close(self):
        pass
