"""Real image and PDF files, made in memory."""

from __future__ import annotations

import io
import random

import pikepdf
from PIL import Image

RED, BLUE = (200, 0, 0), (0, 0, 200)


def picture(width: int = 600, height: int = 400) -> Image.Image:
    """Red at the top, blue at the bottom, as the person sees it."""
    image = Image.new("RGB", (width, height), BLUE)
    image.paste(RED, (0, 0, width, height // 2))
    return image


_SENSOR = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def photo(orientation: int = 1, image: Image.Image | None = None) -> bytes:
    """A JPEG as a phone stores it: pixels as the sensor lay, the orientation and a place in EXIF."""
    image = image or picture()
    turn = _SENSOR[orientation]
    stored = image.transpose(turn) if turn is not None else image
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "TelephoneDeAwa"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 24.0)
    out = io.BytesIO()
    stored.save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


def png(mode: str = "RGB", image: Image.Image | None = None) -> bytes:
    out = io.BytesIO()
    image = image or picture()
    (image if image.mode == mode else image.convert(mode)).save(out, "PNG")
    return out.getvalue()


def noise(side: int) -> Image.Image:
    """An image that compresses badly, like a photographed page."""
    generator = random.Random(7)
    return Image.frombytes("RGB", (side, side), generator.randbytes(side * side * 3))


def pdf(pages: int = 1, password: str | None = None, rotate: int = 0) -> bytes:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(300, 400))
        if rotate:
            made.pages[-1].rotate(rotate, relative=False)
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(owner="o", user=password) if password else None)
    return out.getvalue()
