from __future__ import annotations

import pytest

from saraban.scrubbing import scrubbed, secrets_of, without_words


@pytest.mark.parametrize(
    "line",
    [
        "cannot reach amqp://saraban:hunter2@rabbit:5672//",
        "GET /files?ticket=hunter2&name=x",
        '{"Authorization": "Bearer hunter2"}',
        'told {\\"password\\": \\"hunter2\\"}',
        "Cookie: saraban_session=hunter2; saraban_language=th",
        "token=hunter2",
    ],
)
def test_passwords_tokens_and_tickets_are_struck_out(line):
    assert "hunter2" not in scrubbed(line)


def test_addresses_without_a_password_stay_as_they_are():
    line = '{"event": "not reached", "url": "http://intake:8570/files/ab", "mail": "ksp@saraban.mail.go.th"}'

    assert scrubbed(line) == line


def test_the_secrets_of_the_settings_are_struck_out_wherever_they_stand():
    secrets = secrets_of(["the-key-of-tickets", "mongodb://saraban:p%40ss-word@db/saraban"])

    assert (
        scrubbed("login p@ss-word failed (p%40ss-word, the-key-of-tickets)", secrets) == "login *** failed (***, ***)"
    )


def test_words_in_thai_are_left_out_of_what_errors_say():
    assert without_words("ValueError: 'เรื่อง ลับ' is no date") == "ValueError: '… …' is no date"
