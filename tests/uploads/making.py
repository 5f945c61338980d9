"""Makes pictures and PDF files, right ones and hostile ones. No binary file is part of the project."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
import pillow_heif
from PIL import Image, ImageDraw, ImageFilter

TURN_RIGHT = 6
"""EXIF orientation of a telephone held upright."""


@cache
def text_picture(size: tuple[int, int] = (900, 1200)) -> Image.Image:
    """A page of writing that a camera has caught sharply."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for row, y in enumerate(range(20, size[1] - 20, 26)):
        draw.text((20, y), f"{row} Bulletin de paie 2026 Net a payer 1 432,18 EUR " * 3, fill="black")
    return image


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes: where, when, with which device, how it was held."""
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = "SecretPhone"
    data.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 7.0)})
    return data


def jpeg(image: Image.Image | None = None, **options: Any) -> bytes:
    return saved(image or text_picture(), "JPEG", **{"quality": 80, **options})


def heic(image: Image.Image | None = None, **options: Any) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(image or text_picture()).save(out, quality=60, **options)
    return out.getvalue()


def pdf(pages: int = 1, change: Callable[[pikepdf.Pdf], None] | None = None, **options: Any) -> bytes:
    """A PDF of blank pages; `change` may do anything to it."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(300, 400))
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out, **options)
    return out.getvalue()


def locked(user: str, owner: str = "owner") -> bytes:
    return pdf(encryption=pikepdf.Encryption(user=user, owner=owner))


def runs_at_opening(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)")


def runs_by_name(made: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)")
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["x", script]))


def holds_a_file(made: pikepdf.Pdf) -> None:
    made.attachments["virus.exe"] = b"MZ" + bytes(100)


def starts_a_program(made: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F="cmd.exe")
    mark = pikepdf.Dictionary(Subtype=pikepdf.Name("/Link"), Rect=[0, 0, 9, 9], A=action)
    made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(mark)])


def acts_on_the_page(made: pikepdf.Pdf) -> None:
    made.pages[0].obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="1"))


def without_pages(made: pikepdf.Pdf) -> None:
    del made.pages[0]


def png_of(width: int, height: int, rows: bytes = b"") -> bytes:
    """A PNG that promises so many dots, whatever it holds."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def archive(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in parts:
            made.writestr(name, data)
    return out.getvalue()


def flate_bomb(megabytes: int = 300) -> bytes:
    """A PDF whose objects lie in a stream that unpacks to far more than it takes."""
    packer = zlib.compressobj(9)
    block = b" " * 1_000_000
    data = b"".join([packer.compress(b"3 0 "), *(packer.compress(block) for _ in range(megabytes)), packer.flush()])
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(data) + data + b"\nendstream"
    head = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 3 0 R>>\nendobj\n4 0 obj\n" + stream + b"\nendobj\n"
    return head + b"trailer\n<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n"


def tree(kids: bytes) -> bytes:
    """A PDF whose tree of pages is `kids`."""
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids["
        + kids
        + b"]/Count 1000000000>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>\nendobj\n"
        b"trailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
    )


def blurred() -> bytes:
    return jpeg(text_picture().filter(ImageFilter.GaussianBlur(9)))


def dark() -> bytes:
    return jpeg(text_picture().point(lambda value: value // 8))


def frames(count: int) -> bytes:
    pages = [text_picture().convert("1") for _ in range(count)]
    return saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4")
