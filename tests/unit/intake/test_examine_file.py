from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from saraban.contracts import ids
from saraban.contracts.errors.files import ChildKilled
from saraban.contracts.events.intake import FileScanned, FileStored
from saraban.contracts.events.search import TextExtracted
from services.intake.commands import ExamineFile
from services.intake.handlers import examine
from services.intake.handlers.examine import examine_file
from tests.unit.intake import hostile
from tests.unit.intake.counter import Counter

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def tiff_with_pages(count: int) -> bytes:
    file = io.BytesIO()
    sheets = [Image.new("1", (20, 30)) for _ in range(count)]
    sheets[0].save(file, "TIFF", save_all=True, append_images=sheets[1:])
    return file.getvalue()


def zipped(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "ที่ ศธ ๐๔๐๐๙/๑๒๓")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "declared", "pages", "flags"),
    [
        (hostile.proper(3), "a.pdf", "", 3, ()),
        (hostile.without_pages(), "a.pdf", "", 0, ("no_pages",)),
        (hostile.encrypted(), "a.pdf", "", 0, ("encrypted",)),
        (hostile.broken(), "a.pdf", "", 0, ("broken",)),
        (tiff_with_pages(2), "a.tif", "image/tiff", 2, ()),
        (tiff_with_pages(1)[:40], "a.tif", "image/tiff", 0, ("broken",)),
        (zipped("word/document.xml"), "a.docx", DOCX, 0, ()),
        (zipped("something.xml"), "a.docx", DOCX, 0, ("broken",)),
        (zipped("a.txt"), "a.zip", "application/zip", 0, ()),
        ("เรียน ผู้อำนวยการ".encode(), "a.txt", "text/plain", 0, ()),
    ],
)
def test_a_file_is_counted_and_flagged(counter: Counter, content, name, declared, pages, flags) -> None:
    found = counter.examined(content, name, declared)

    assert isinstance(found, FileScanned)
    assert (found.pages, found.flags) == (pages, flags)


@pytest.mark.parametrize(
    ("content", "flag"), [(hostile.spinning(), "killed_cpu"), (hostile.eating_memory(), "killed_memory")]
)
def test_a_pdf_that_no_reader_gets_through_is_stopped_kept_and_flagged(
    counter: Counter, monkeypatch, content, flag
) -> None:
    monkeypatch.setattr(examine, "CPU_SECONDS", 2)

    found = counter.examined(content)

    assert found.flags == (flag,)
    assert counter.objects.stat(found.sha256).size == len(content)


def test_a_file_is_looked_into_once(counter: Counter) -> None:
    sha256 = counter.stored(hostile.proper())

    examine_file(ExamineFile(sha256=sha256), counter.desk)
    examine_file(ExamineFile(sha256=sha256), counter.desk)

    assert len(counter.log.events(ids.file_stream(sha256))) == 2


def test_what_others_say_of_the_file_meanwhile_does_not_get_in_the_way(counter: Counter) -> None:
    sha256 = counter.stored(hostile.proper())
    stream = ids.file_stream(sha256)
    run = counter.desk.run

    def overtaken(*args: object, **limits: object) -> object:
        text = TextExtracted(sha256=sha256, pages=1, characters=0, flags=())
        counter.desk.say(stream, text, {}, "read_file")
        return run(*args, **limits)

    object.__setattr__(counter.desk, "run", overtaken)
    examine_file(ExamineFile(sha256=sha256), counter.desk)

    assert [type(one) for one in counter.log.events(stream)] == [FileStored, TextExtracted, FileScanned]


def test_of_two_examiners_at_the_same_moment_one_is_heard(counter: Counter) -> None:
    sha256 = counter.stored(hostile.proper())
    run = counter.desk.run

    def overtaken(*args: object, **limits: object) -> object:
        object.__setattr__(counter.desk, "run", run)
        examine_file(ExamineFile(sha256=sha256), counter.desk)
        return run(*args, **limits)

    object.__setattr__(counter.desk, "run", overtaken)
    examine_file(ExamineFile(sha256=sha256), counter.desk)

    assert [type(one) for one in counter.log.events(ids.file_stream(sha256))] == [FileStored, FileScanned]


def test_what_is_not_stored_is_not_looked_into(counter: Counter) -> None:
    examine_file(ExamineFile(sha256="0" * 64), counter.desk)

    assert counter.log.streams == {}


def test_the_reason_of_a_stopped_examination_is_in_the_flag(counter: Counter) -> None:
    def killed(*_: object, **__: object) -> None:
        raise ChildKilled({"reason": "wall"})

    object.__setattr__(counter.desk, "run", killed)

    assert counter.examined(hostile.proper()).flags == ("killed_wall",)
