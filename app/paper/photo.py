"""Photographs as people take them: upright, without place or device, in a format that offices open; and what can be
seen of their quality.

Only `app.paper.worker` calls this (`format_of` apart): it decodes what strangers sent. Everything stays in memory.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from typing import Any

MAX_PIXELS = 120_000_000
"""A larger image is refused: it would fill the memory."""

MOST_FRAMES = 200
"""Pages of a TIFF."""

THUMB = 320
"""Longest side of a small picture, in pixels."""

SMALL = 900
"""Longest side below which small print of an A4 page cannot be read (about 75 dots per inch)."""

DARK, PALE, BLURRED = 55, 250, 30
"""Mean grey (0 to 255), and variance of the Laplacian of the picture at 1000 pixels. Measured on pages of small print:
2800 when sharp, 1300 with little contrast, 70 when one can just read it, 20 and less when one cannot.
"""

READERS = {
    "jpeg": ("JPEG", "MPO"),
    "png": ("PNG",),
    "webp": ("WEBP",),
    "heic": ("HEIF",),
    "avif": ("AVIF",),
    "tiff": ("TIFF",),
    "bmp": ("BMP", "DIB"),
}
"""Pillow's names of what each format may turn out to be."""

HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
AVIF_BRANDS = (b"avif", b"avis")


class Refused(Exception):
    """A file cannot be used; `code` is a fixed word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Photo:
    """`content` is None when the file may stay as it came. `frames` is more than one for a TIFF of several pages."""

    content: bytes | None
    format: str
    notes: tuple[str, ...]
    thumb: bytes
    frames: int = 1


def format_of(data: bytes) -> str | None:
    """The format of a picture, from its first bytes; None if none of ours. Nothing is decoded: any process may ask."""
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        return "avif" if brand in AVIF_BRANDS else "heic" if brand in HEIF_BRANDS else None
    if data[:4] == b"RIFF":
        return "webp" if data[8:12] == b"WEBP" else None
    if data.startswith(b"BM"):
        # Two letters are little to go by: the four bytes that are always zero are looked at too.
        return "bmp" if data[6:10] == bytes(4) else None
    marks = {b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png", b"II*\0": "tiff", b"MM\0*": "tiff"}
    return next((name for mark, name in marks.items() if data.startswith(mark)), None)


def open_image(data: bytes, name: str) -> Any:
    """A decoded Pillow image, not turned. Raises `Refused`: `damaged`, `too_many_pixels`, `no_picture`."""
    from PIL import Image

    if name == "heic":
        import pi_heif  # type: ignore[import-untyped]

        pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        image = Image.open(io.BytesIO(data), formats=READERS[name])
        if image.width * image.height > MAX_PIXELS:
            raise Refused("too_many_pixels")
        if image.width < 2 or image.height < 2:
            raise Refused("no_picture")
        image.load()
    except Refused:
        raise
    except (Image.DecompressionBombError, MemoryError):
        raise Refused("too_many_pixels") from None
    except (
        OSError,
        ValueError,
        TypeError,
        SyntaxError,
        LookupError,
        ArithmeticError,
        RuntimeError,
        EOFError,
        struct.error,
    ):
        # What Pillow's readers raise on hostile or cut files; all mean the same to the person: this file does not open.
        raise Refused("damaged") from None
    return image


def orientation(image: Any) -> int:
    """EXIF orientation, 1 to 8."""
    try:
        turned = int(image.getexif().get(0x0112, 1))
    except (OSError, ValueError, TypeError, SyntaxError, LookupError, struct.error):
        return 1
    return turned if 1 <= turned <= 8 else 1


def flat(image: Any) -> Any:
    """Without transparency (white behind, as on a screen) and in a colour space every reader knows."""
    from PIL import Image

    if image.mode in ("1", "L", "RGB"):
        return image
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L")
    return image.convert("RGB")


def clean_jpeg(jpeg: bytes) -> bytes:
    """The same picture without what the phone wrote beside it (place, time, device) and without what follows its end.
    Colour profile and Adobe mark stay.

    Raises `ValueError` when the segments cannot be read.
    """
    out, at = bytearray(jpeg[:2]), 2
    while True:
        if at + 4 > len(jpeg) or jpeg[at] != 0xFF:
            raise ValueError("not a JPEG segment")
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            return bytes(out + b"\xff\xd9")
        segment = jpeg[at : at + 2 + length]
        profile = marker == 0xE2 and segment[4:15] == b"ICC_PROFILE"
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in (0xE0, 0xEE) or profile:
            out += segment
        at += 2 + length
        if marker == 0xDA:
            end = _end_of_scan(jpeg, at)
            out += jpeg[at:end]
            at = end
            if jpeg[at : at + 2] == b"\xff\xd9" or at >= len(jpeg):
                return bytes(out + b"\xff\xd9")


def _end_of_scan(jpeg: bytes, at: int) -> int:
    """Where the next marker stands that is neither a stuffed byte nor a restart (ITU-T T.81, B.1.1.2, B.1.1.5)."""
    while True:
        at = jpeg.find(b"\xff", at)
        if at < 0 or at + 1 >= len(jpeg):
            return len(jpeg)
        if jpeg[at + 1] not in (0x00, 0xFF) and not 0xD0 <= jpeg[at + 1] <= 0xD7:
            return at
        at += 1 if jpeg[at + 1] == 0xFF else 2


_KEPT_CHUNKS = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"sBIT")


def clean_png(png: bytes) -> bytes:
    """The same picture with only the chunks that draw it, and nothing after its end. Raises `ValueError`."""
    out, at = bytearray(png[:8]), 8
    while at + 12 <= len(png):
        length, name = int.from_bytes(png[at : at + 4], "big"), png[at + 4 : at + 8]
        if name in _KEPT_CHUNKS:
            out += png[at : at + 12 + length]
        at += 12 + length
        if name == b"IEND":
            return bytes(out)
    raise ValueError("no end of the picture")


def photo(data: bytes, name: str, takes: tuple[str, ...]) -> Photo:
    """A picture as it can be kept: in a format that `takes` names, upright, without metadata. Raises `Refused`."""
    from PIL import ImageOps

    image = open_image(data, name)
    turned = orientation(image)
    frames = int(getattr(image, "n_frames", 1)) if name == "tiff" else 1
    if frames > MOST_FRAMES:
        raise Refused("too_many_pages")
    target = name if name in takes else "jpeg" if "jpeg" in takes or "png" not in takes else "png"
    upright = ImageOps.exif_transpose(image) if turned != 1 else image
    content = None
    if frames == 1:
        content = _kept(data, name) if target == name and turned == 1 else written(upright, target)
    notes = (*(() if target == name else ("converted",)), *legibility(upright))
    return Photo(None if content == data else content, target, notes, thumbnail(upright), frames)


def frames_of(data: bytes) -> list[bytes]:
    """The pages of a TIFF, each as a JPEG."""
    from PIL import ImageOps, ImageSequence

    image = open_image(data, "tiff")
    return [written(ImageOps.exif_transpose(frame), "jpeg") for frame in ImageSequence.Iterator(image)]


def _kept(data: bytes, name: str) -> bytes:
    try:
        return clean_jpeg(data) if name == "jpeg" else clean_png(data)
    except ValueError:
        raise Refused("damaged") from None


def written(image: Any, name: str) -> bytes:
    """An upright picture as a JPEG or a PNG."""
    out = io.BytesIO()
    whole = flat(image)
    if name == "jpeg":
        whole = whole.convert("L") if whole.mode == "1" else whole
        whole.save(out, "JPEG", quality=88, optimize=True, icc_profile=image.info.get("icc_profile"))
    else:
        whole.save(out, "PNG")
    return out.getvalue()


def thumbnail(image: Any) -> bytes:
    """A small JPEG of an upright picture."""
    small = flat(image).convert("RGB")
    small.thumbnail((THUMB, THUMB))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=70, optimize=True)
    return out.getvalue()


def legibility(image: Any) -> tuple[str, ...]:
    """What may make a picture of a paper hard to read: `small`, `dark`, `pale`, `blurred`. Advice, never a refusal."""
    from PIL import ImageFilter, ImageStat

    grey = flat(image).convert("L")
    found = ["small"] if max(grey.size) < SMALL else []
    grey.thumbnail((1000, 1000))
    mean = ImageStat.Stat(grey).mean[0]
    edges = grey.filter(ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128))
    # The filter leaves the outermost dots as they were.
    inner = edges.crop((1, 1, max(2, edges.width - 1), max(2, edges.height - 1)))
    if mean < DARK:
        found.append("dark")
    elif ImageStat.Stat(inner).var[0] < BLURRED:
        found.append("pale" if mean > PALE else "blurred")
    return tuple(found)


def as_flate(image: Any) -> tuple[bytes, str]:
    """The dots of a picture as a PDF keeps them, and its mode (`1`, `L` or `RGB`)."""
    plain = flat(image)
    return zlib.compress(plain.tobytes(), 6), plain.mode
