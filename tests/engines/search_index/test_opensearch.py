"""What only an index in a cluster promises, tried on a real OpenSearch."""

from __future__ import annotations

import threading

import pytest

from deploy.local import opensearch as recipe
from deploy.local.ports import free_port
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.log import StoreFull
from saraban.contracts.errors.search import EntryRefused, QueryTooWide
from saraban.contracts.errors.settings import AddressNotValid
from saraban.engines.search_index.opensearch import Address, OpenSearchIndex
from saraban.engines.search_index.opensearch.client import connect
from saraban.thai import analysis
from tests.engines.search_index.clusters import fresh_address, fresh_index
from tests.engines.search_index.letters import FIELDS, any_of, found, letter, query
from tests.servers import own_server

servers = pytest.mark.servers

FEW_HANDS = {"node.processors": "1", "thread_pool.write.queue_size": "1"}
"""One thread that writes, and one place in the queue before it."""


def test_an_address_names_the_nodes_and_the_prefix():
    address = Address.read("opensearch+https://sara:p%40ss@one:9201,two/agency?replicas=1&shards=3&ca=/etc/ca.pem")

    assert address.nodes == (("one", 9201), ("two", 9200))
    assert (address.prefix, address.secure, address.ca) == ("agency", True, "/etc/ca.pem")
    assert (address.shards, address.replicas) == (3, 1)
    assert (address.user, address.password) == ("sara", "p@ss")
    assert "p@ss" not in repr(address)
    assert Address.read("opensearch://127.0.0.1:9200/agency").secure is False


@pytest.mark.parametrize(
    "rest", ["host:9200", "host/a/b", "host:x/a", "host/A", "/a", "host/a?shards=many", "host/a?x=1"]
)
def test_an_address_that_lacks_something_is_refused_without_telling_its_password(rest):
    with pytest.raises(AddressNotValid) as refused:
        Address.read(f"opensearch://sara:secret-word@{rest}")

    assert "secret-word" not in str(refused.value)


@servers
def test_a_letter_with_an_unknown_field_is_refused_and_the_others_are_written():
    index = fresh_index()
    strange = letter("strange", fields={"words": "น้ำท่วม", "smell": "กุหลาบ"})

    with pytest.raises(EntryRefused, match="strict") as refused:
        index.write([letter("a", "น้ำท่วม"), strange, letter("b", "น้ำท่วม")])

    assert refused.value.detail["letter_id"] == "strange"
    assert found(index, any_of("น้ำท่วม")) == ["a", "b"]


@servers
def test_two_prefixes_share_a_cluster_without_meeting():
    one, other = fresh_index(), fresh_index()

    one.write([letter("a", "น้ำท่วม")])
    other.write([letter("b", "น้ำท่วม")])
    other.adopt(other.beside())

    assert found(one, any_of("น้ำท่วม")) == ["a"]
    assert found(other, any_of("น้ำท่วม")) == []


@servers
def test_processes_that_start_at_once_share_one_index():
    address = fresh_address()
    indexes = [OpenSearchIndex(address, FIELDS) for _ in range(4)]
    writers = [threading.Thread(target=one.write, args=([letter(f"{at}", "ประชุม")],)) for at, one in enumerate(indexes)]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert found(indexes[0], any_of("ประชุม")) == ["0", "1", "2", "3"]


@servers
def test_after_many_rebuilds_one_index_is_left_and_everyone_uses_it():
    address = fresh_address()
    one, other = OpenSearchIndex(address, FIELDS), OpenSearchIndex(address, FIELDS)
    one.write([letter("old", "ประชุม")])
    other.beside()

    one.adopt(one.beside())
    other.adopt(other.beside())
    one.write([letter("new", "ประชุม")])

    assert found(other, any_of("ประชุม")) == ["new"]
    assert len(connect(address).indices.get(index=f"{address.prefix}-*")) == 1


@servers
def test_an_index_shows_by_itself_what_is_written_from_the_moment_on_in_which_it_is_live():
    address = fresh_address()
    index = OpenSearchIndex(address, FIELDS)
    index.versions(["any"])
    fresh = index.beside()
    fresh.write([letter("a", "ประชุม")], at_once=False)

    before = shown_every(address)
    index.adopt(fresh)

    assert sorted(before) == ["-1", "1s"]
    assert shown_every(address) == ["1s"]
    assert found(index, any_of("ประชุม")) == ["a"]


def shown_every(address):
    settings = connect(address).indices.get_settings(index=f"{address.prefix}-*")
    return [one["settings"]["index"]["refresh_interval"] for one in settings.values()]


@servers
def test_an_index_that_somebody_deleted_is_told_as_away_and_not_made_by_writing():
    address = fresh_address()
    index = OpenSearchIndex(address, FIELDS)
    index.write([letter("a", "ประชุม")])
    connect(address).indices.delete(index=f"{address.prefix}-letters-0")

    with pytest.raises(Unavailable):
        index.write([letter("b", "ประชุม")])

    assert connect(address).indices.get(index=f"{address.prefix}-*") == {}


@servers
def test_an_index_made_for_other_fields_is_emptied():
    address = fresh_address()
    OpenSearchIndex(address, ("words",)).write([letter("a", fields={"words": "น้ำท่วม"})])

    index = OpenSearchIndex(address, FIELDS)

    assert index.versions(["a"]) == {}
    index.write([letter("b", "น้ำท่วม")])
    assert found(index, any_of("น้ำท่วม")) == ["b"]


@servers
def test_a_removed_letter_does_not_come_back_in_an_older_version_but_in_the_same():
    index = fresh_index()
    index.write([letter("a", "ใหม่", version=5)])

    index.remove(["a"])
    index.write([letter("a", "เก่า", version=4)])

    assert index.versions(["a"]) == {}
    index.write([letter("a", "ใหม่", version=5)])
    assert found(index, any_of("ใหม่ เก่า")) == ["a"]


@servers
def test_ties_and_near_ties_of_very_many_letters_keep_their_order_from_page_to_page():
    index = fresh_index()
    moments = [f"2026-11-{1 + at % 28:02d}T09:30:{at % 60:02d}.{at:06d}" for at in range(1000)]
    index.write([letter(f"{at:04d}", "ทราบ " + "อื่น " * (at % 2), sort=moments[at]) for at in range(1000)])

    pages = [index.search(query(any_of("ทราบ"), limit=70, offset=start))[1] for start in range(0, 1000, 70)]

    short_first_then_newest = sorted(
        sorted(range(1000), key=lambda at: moments[at], reverse=True), key=lambda at: at % 2
    )
    assert [hit.letter_id for hits in pages for hit in hits] == [f"{at:04d}" for at in short_first_then_newest]


@servers
def test_what_the_cluster_has_no_room_for_at_the_moment_is_sent_again(tmp_path):
    with own_server("opensearch", tmp_path, settings=FEW_HANDS) as running:
        index = OpenSearchIndex(Address.read(running.address), FIELDS)
        failures = []

        def work(name):
            try:
                for at in range(5):
                    index.write([letter(f"{name}{at}{part}", "ประชุม " * 50) for part in range(20)])
            except Exception as failure:  # noqa: BLE001 - carried to the main thread
                failures.append(failure)

        threads = [threading.Thread(target=work, args=(name,)) for name in "abcdefgh"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        pools = connect(Address.read(running.address)).nodes.stats(metric="thread_pool")["nodes"]
        assert [node["thread_pool"]["write"]["rejected"] > 0 for node in pools.values()] == [True]
        assert failures == []
        assert index.search(query(any_of("ประชุม"), limit=0))[0] == 8 * 5 * 20


@servers
def test_a_cluster_that_is_absent_at_the_start_is_told_and_used_when_it_comes(tmp_path):
    port = free_port()
    index = OpenSearchIndex(Address.read(f"opensearch://127.0.0.1:{port}/agency"), FIELDS)

    with pytest.raises(Unavailable, match=f"127.0.0.1:{port}"):
        index.search(query(any_of("ประชุม")))
    with own_server("opensearch", tmp_path, port=port):
        index.write([letter("a", "ประชุม")])

        assert found(index, any_of("ประชุม")) == ["a"]


@servers
def test_a_cluster_that_goes_away_is_told_and_what_was_written_is_there_when_it_is_back(tmp_path):
    port = free_port()
    with own_server("opensearch", tmp_path, port=port) as running:
        index = OpenSearchIndex(Address.read(running.address), FIELDS)
        index.write([letter("a", "ประชุม", version=3)])
        running.kill()

        with pytest.raises(Unavailable):
            index.write([letter("b", "ประชุม")])
        again = recipe.start(tmp_path, port)
        try:
            index.write([letter("b", "ประชุม")])
            assert found(index, any_of("ประชุม")) == ["a", "b"]
            assert index.versions(["a"]) == {"a": 3}
        finally:
            again.kill()


@servers
def test_a_full_disk_is_told_as_that():
    address = fresh_address()
    index = OpenSearchIndex(address, FIELDS)
    index.write([letter("a", "ประชุม")])
    block = {"index.blocks.read_only_allow_delete": True}
    connect(address).indices.put_settings(index=f"{address.prefix}-letters", body=block)

    with pytest.raises(StoreFull):
        index.write([letter("b", "ประชุม")])

    assert found(index, any_of("ประชุม")) == ["a"]


@servers
def test_a_search_for_too_many_words_is_refused_with_advice():
    index = fresh_index()

    with pytest.raises(QueryTooWide):
        index.search(query(any_of(" ".join(f"w{at}" for at in range(20_000)))))


@servers
def test_the_longest_sentence_that_a_search_takes_is_not_too_wide():
    index = OpenSearchIndex(fresh_address(), analysis.FIELDS)
    sentence = "ขอเชิญประชุมคณะกรรมการติดตามสถานการณ์น้ำท่วมจังหวัดเชียงใหม่ ครั้งที่ ๓/๒๕๖๙ วันที่ ๒๓ พฤศจิกายน "
    text = "".join(sentence.replace("ขอ", str(at)) for at in range(9))[:500]

    assert index.search(query(*analysis.query_clauses(text))) == (0, [])


def test_a_wrong_address_is_away():
    index = OpenSearchIndex(Address.read(f"opensearch://127.0.0.1:{free_port()}/agency"), FIELDS)

    with pytest.raises(Unavailable):
        index.versions(["a"])
