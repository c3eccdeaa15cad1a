"""PDFs as an attacker or a broken program would make them, a few kilobytes each."""

from __future__ import annotations

import io
import zlib

import pikepdf

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def proper(pages: int = 1) -> bytes:
    """Nothing wrong with this one."""
    file = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        document.save(file, deterministic_id=True)
    return file.getvalue()


def without_pages() -> bytes:
    return proper(0)


def encrypted() -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(file, encryption=pikepdf.Encryption(user="1234", owner="1234"))
    return file.getvalue()


def broken() -> bytes:
    return b"%PDF-1.7\nand then nothing that makes sense"


def spinning() -> bytes:
    """A shading whose colours are computed by 20,000 multiplications a pixel, painted a thousand times."""
    function = zlib.compress(b"{ pop " + b"0.5 mul 1 add " * 20_000 + b" dup dup }")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Shading<</S 5 0 R>>>>>>"
    shading = b"<</ShadingType 1/ColorSpace/DeviceRGB/Domain[0 595 0 842]/Function 6 0 R>>"
    about = b"/FunctionType 4/Domain[0 595 0 842]/Range[0 1 0 1 0 1]/Filter/FlateDecode"
    return _file(CATALOG, ONE_PAGE, page, _stream(b"", b"/S sh " * 1000), shading, _stream(about, function))


def eating_memory() -> bytes:
    """Page contents of 2 GB, packed twice."""
    packer = zlib.compressobj(1)
    megabyte = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    once = megabyte + packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    once += once[len(megabyte) :] * 2048 + packer.flush()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    return _file(CATALOG, ONE_PAGE, page, _stream(b"/Filter[/FlateDecode/FlateDecode]", zlib.compress(once, 9)))


def _stream(about: bytes, data: bytes) -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (about, len(data), data)


def _file(*objects: bytes) -> bytes:
    file, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    file += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(file)
