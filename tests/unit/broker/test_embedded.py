from __future__ import annotations

import pytest
from amqp.exceptions import ChannelError
from kombu import Connection, Consumer, Exchange, Producer, Queue

from saraban.broker import embedded

TOPIC = Exchange("office", type="topic")


@pytest.fixture(autouse=True)
def _fresh_board(monkeypatch):
    embedded.register()
    monkeypatch.setattr(embedded.Transport, "board", embedded.Switchboard())


@pytest.fixture
def connection():
    with Connection("embedded://") as connection:
        yield connection


def reading(connection, queue, *, ack=True, limit=0):
    """A consumer that appends what it is given to the list answered."""
    got = []

    def take(body, message):
        got.append(message if not ack else body)
        if ack:
            message.ack()

    channel = connection.channel()
    channel.basic_qos(0, limit)
    consumer = Consumer(channel, queues=[queue], callbacks=[take], accept=["json"])
    consumer.consume()
    return got, consumer


def say(connection, body, routing_key="letters", exchange=TOPIC, **options):
    producer = Producer(connection.channel(), exchange=exchange)
    producer.publish(body, routing_key=routing_key, serializer="json", **options)


def drain(connection):
    connection.drain_events(timeout=1)


def queue(name, routing_key="letters", exchange=TOPIC, **options):
    return Queue(name, exchange=exchange, routing_key=routing_key, **options)


def test_a_message_reaches_every_queue_that_its_key_fits(connection):
    letters, _ = reading(connection, queue("letters"))
    every_letter, _ = reading(connection, queue("every", "letters.*"))
    everything, _ = reading(connection, queue("everything", "#"))

    say(connection, "one", "letters")
    say(connection, "two", "letters.urgent")
    drain(connection)

    assert (letters, every_letter, everything) == (["one"], ["two"], ["one", "two"])


@pytest.mark.parametrize(("kind", "expected"), [("direct", ["plain"]), ("fanout", ["plain", "other"])])
def test_exchanges_that_are_no_topics(connection, kind, expected):
    exchange = Exchange(kind, type=kind)
    got, _ = reading(connection, queue("letters", "plain", exchange))

    say(connection, "plain", "plain", exchange)
    say(connection, "other", "other", exchange)
    drain(connection)

    assert got == expected


def test_a_message_says_what_it_is_in_its_properties(connection):
    got, _ = reading(connection, queue("letters"), ack=False)

    say(connection, {"เรื่อง": "อุทกภัย"}, correlation_id="c1", reply_to="back", headers={"h": 1})
    drain(connection)

    (message,) = got
    assert message.properties["content_type"] == "application/json"
    assert (message.properties["correlation_id"], message.properties["reply_to"]) == ("c1", "back")
    assert message.headers == {"h": 1}
    assert message.decode() == {"เรื่อง": "อุทกภัย"}


def test_consumers_of_one_queue_share_its_messages(connection):
    with Connection("embedded://") as second:
        here, _ = reading(connection, queue("letters"), ack=False, limit=1)
        there, _ = reading(second, queue("letters"), ack=False, limit=1)

        say(connection, "one")
        say(connection, "two")
        drain(connection)
        drain(second)

        assert [message.payload for message in here + there] == ["one", "two"]


def test_a_message_that_must_reach_someone_and_does_not_is_refused(connection):
    TOPIC(connection.channel()).declare()

    with pytest.raises(ChannelError, match="NO_ROUTE"):
        say(connection, "one", mandatory=True)


def test_a_consumer_gets_no_more_than_its_limit_until_it_acknowledges(connection):
    got, _ = reading(connection, queue("letters"), ack=False, limit=2)
    for number in range(4):
        say(connection, number)
    drain(connection)

    got[0].ack()
    drain(connection)

    assert [message.payload for message in got] == [0, 1, 2]


def test_the_limit_of_one_consumer_does_not_hold_up_another_on_its_channel(connection):
    channel = connection.channel()
    channel.basic_qos(0, 1)
    got = []
    for name in ("requests", "replies"):
        consumer = Consumer(channel, queues=[queue(name, name)], callbacks=[lambda body, _: got.append(body)])
        consumer.consume()

    say(connection, "a request", "requests")
    drain(connection)
    say(connection, "its reply", "replies")
    drain(connection)

    assert got == ["a request", "its reply"]


def test_a_message_given_back_comes_again_before_the_others(connection):
    got, _ = reading(connection, queue("letters"), ack=False, limit=1)
    say(connection, "one")
    say(connection, "two")
    drain(connection)

    got[0].requeue()
    drain(connection)

    assert [message.payload for message in got] == ["one", "one"]
    assert [message.delivery_info["redelivered"] for message in got] == [False, True]


def test_what_a_lost_connection_did_not_acknowledge_goes_to_another_in_order(connection):
    lost = Connection("embedded://")
    reading(lost, queue("letters"), ack=False)
    for number in range(3):
        say(connection, number)
    lost.drain_events(timeout=1)

    lost.release()
    got, _ = reading(connection, queue("letters"))
    drain(connection)

    assert got == [0, 1, 2]


def test_messages_wait_in_a_queue_that_nobody_reads(connection):
    _, consumer = reading(connection, queue("letters"))
    consumer.cancel()
    say(connection, "one")

    got, _ = reading(connection, queue("letters"))
    drain(connection)

    assert got == ["one"]


@pytest.mark.parametrize("options", [{"auto_delete": True}, {"exclusive": True}, {"queue_arguments": {"x-expires": 1}}])
def test_a_temporary_queue_goes_with_its_last_reader(connection, options):
    _, consumer = reading(connection, queue("reply", **options))

    consumer.cancel()

    with pytest.raises(ChannelError, match="NO_ROUTE"):
        say(connection, "late", mandatory=True)


def test_an_exchange_keeps_its_type(connection):
    TOPIC(connection.channel()).declare()

    with pytest.raises(ChannelError, match="PRECONDITION_FAILED"):
        Exchange("office", type="fanout")(connection.channel()).declare()


def test_what_asks_for_a_queue_that_is_not_there_learns_so(connection):
    with pytest.raises(ChannelError, match="NOT_FOUND"):
        connection.channel().queue_declare("nowhere", passive=True)


def test_without_messages_the_wait_ends_in_time(connection):
    reading(connection, queue("letters"))
    drain(connection)

    with pytest.raises(TimeoutError):
        connection.drain_events(timeout=0.01)


def test_an_idle_consumer_is_not_woken(connection):
    import eventlet

    woken = []
    reading(connection, queue("letters"))
    drain(connection)

    def consume():
        while True:
            connection.drain_events()
            woken.append(1)

    consumer = eventlet.spawn(consume)
    eventlet.sleep(0.3)
    assert woken == []
    say(connection, "one")
    eventlet.sleep(0.01)
    consumer.kill()

    assert woken == [1]


def test_many_messages_wake_a_consumer_once(connection):
    got, _ = reading(connection, queue("letters"))
    for number in range(100):
        say(connection, number)

    drain(connection)

    assert got == list(range(100))
