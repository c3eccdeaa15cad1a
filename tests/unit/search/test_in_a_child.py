"""Reading as it is really done: in a child process with limits."""

from __future__ import annotations

import pytest

from saraban.child import run_limited
from tests.unit.intake import hostile
from tests.unit.search.documents import DOCX, MAIL, PDF, PLAIN, mail, pdf, word
from tests.unit.search.office import Office


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf(["แผนป้องกันน้ำท่วม"]), PDF),
        (word("แผนป้องกันน้ำท่วม"), DOCX),
        (mail("แผนป้องกันน้ำท่วม"), MAIL),
        ("แผนป้องกันน้ำท่วม".encode("cp874"), PLAIN),
    ],
)
def test_every_type_is_read_within_the_limits(content, kind):
    office = Office(run=run_limited)

    text = office.letter_with(content, kind)

    assert text.pages[0].text == "แผนป้องกันน้ำท่วม"


@pytest.mark.slow
def test_a_file_that_eats_memory_costs_its_text_and_nothing_else():
    office = Office(run=run_limited)

    text = office.letter_with(hostile.eating_memory(), PDF)

    assert (text.pages, text.flags) == ((), ("killed",))
    assert office.found("อุทกภัย") == ["flood"]
