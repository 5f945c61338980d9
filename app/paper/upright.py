"""One document, however many files it came in, as ONE upright PDF under the limit of the way of filing.

Offices take one PDF per document and refuse rotated, locked or heavy ones (facts E16, E17). Only `app.paper.worker`
calls this: it opens files that strangers sent. Everything stays in memory.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.paper.photo import Refused, as_flate, clean_jpeg, flat, format_of, open_image, orientation, written

Fault = Literal["encrypted", "broken", "unsupported", "too_big", "not_accepted"]

A4 = (595.28, 841.89)
"""Points."""

MARGIN = 14.0
"""Points around an image: printers cannot reach the edge."""

REDUCTIONS = ((2400, 82), (1900, 75), (1500, 68), (1200, 60))
"""Longest side in pixels and JPEG quality, tried in order. 1200 pixels on A4 is about 100 per inch: the least that
reads well.
"""


@dataclass(frozen=True, slots=True)
class Made:
    """`pdf` is empty when a file could not be used (`problem`, and the position of that `file` from 0). With `too_big`
    the PDF is there, upright, but over the limit. `reduced`: images were made smaller to fit.
    """

    pdf: bytes
    problem: Fault | None = None
    file: int | None = None
    reduced: bool = False


class _Refused(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def _image(data: bytes, name: str) -> tuple[Any, int]:
    """A decoded Pillow image and its EXIF orientation (1 to 8). Raises `_Refused`."""
    try:
        image = open_image(data, name)
    except Refused as refused:
        raise _Refused("too_big" if refused.code == "too_many_pixels" else "broken") from None
    return image, orientation(image)


def _stream(pdf: Any, data: bytes, image: Any) -> Any:
    """The image as a PDF object: a JPEG keeps its own compression, nothing is lost."""
    import pikepdf

    names = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "1": "/DeviceGray"}
    if image.format == "JPEG" and image.mode in ("L", "RGB"):
        try:
            stream = pikepdf.Stream(pdf, clean_jpeg(data))
            filter_name, mode, bits = "/DCTDecode", image.mode, 8
        except ValueError:
            raise _Refused("broken") from None
    else:
        dots, mode = as_flate(image)
        bits = 1 if mode == "1" else 8
        stream = pikepdf.Stream(pdf, dots)
        filter_name = "/FlateDecode"
    stream.Type, stream.Subtype = pikepdf.Name("/XObject"), pikepdf.Name("/Image")
    stream.Width, stream.Height, stream.BitsPerComponent = image.width, image.height, bits
    stream.ColorSpace, stream.Filter = pikepdf.Name(names[mode]), pikepdf.Name(filter_name)
    return pdf.make_indirect(stream)


_UPRIGHT = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
"""EXIF orientation to the matrix that sets the unit square of an image upright (Exif 2.3, 4.6.4 A)."""


def _add_image(pdf: Any, data: bytes, name: str) -> None:
    import pikepdf

    image, turned = _image(data, name)
    width, height = (image.width, image.height) if turned < 5 else (image.height, image.width)
    paper = A4 if height >= width else (A4[1], A4[0])
    scale = min((paper[0] - 2 * MARGIN) / width, (paper[1] - 2 * MARGIN) / height)
    wide, high = width * scale, height * scale
    left, low = (paper[0] - wide) / 2, (paper[1] - high) / 2
    turn = " ".join(str(number) for number in _UPRIGHT[turned])
    drawing = f"q {wide:.3f} 0 0 {high:.3f} {left:.3f} {low:.3f} cm {turn} cm /Im0 Do Q".encode()
    pdf.add_blank_page(page_size=paper)
    page = pdf.pages[-1]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=_stream(pdf, data, image)))
    page.Contents = pdf.make_stream(drawing)


def _add_pdf(pdf: Any, data: bytes, sources: list[Any]) -> None:
    import pikepdf

    try:
        source = pikepdf.open(io.BytesIO(data))
        if not len(source.pages):
            raise _Refused("broken")
        sources.append(source)
        pdf.pages.extend(source.pages)
    except pikepdf.PasswordError:
        raise _Refused("encrypted") from None
    except pikepdf.PdfError:
        raise _Refused("broken") from None


def _saved(pdf: Any) -> bytes:
    import pikepdf

    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return out.getvalue()


def _merged(files: Sequence[bytes], title: str, language: str) -> tuple[bytes, Fault | None, int | None]:
    import pikepdf

    pdf = pikepdf.new()
    sources: list[Any] = []
    for position, data in enumerate(files):
        try:
            if data.lstrip()[:5] == b"%PDF-":
                _add_pdf(pdf, data, sources)
            elif name := format_of(data):
                _add_image(pdf, data, name)
            else:
                raise _Refused("unsupported")
        except _Refused as refused:
            return b"", refused.fault, position
    for page in pdf.pages:
        if "/AA" in page:
            del page["/AA"]  # actions that run by themselves when the office opens the page
    pdf.Root.Lang = pikepdf.String(language)
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = title
    try:
        return _saved(pdf), None, None
    except pikepdf.PdfError:
        return b"", "broken", None


# Reason to pass over each: an image that cannot be made smaller stays in the paper as it is, and nothing is lost by it.
# Damaged dots make Pillow raise one of the first three.
_UNREADABLE = (
    OSError,
    ValueError,
    TypeError,
    NotImplementedError,  # reason: raised by pikepdf for a palette without a picture in Pillow; no work of ours
)


def _shrink(image: Any, side: int, quality: int) -> None:
    """Write a smaller JPEG in place of one image object of a PDF; leaves alone what is small or cannot be read."""
    import pikepdf

    if int(image.get("/Width", 0)) * int(image.get("/Height", 0)) < 250_000 or "/ImageMask" in image:
        return
    try:
        picture = pikepdf.PdfImage(image).as_pil_image()
    except (*_UNREADABLE, pikepdf.PdfError, pikepdf.UnsupportedImageTypeError):
        return
    if picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    picture.thumbnail((side, side))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    if len(out.getvalue()) >= len(image.read_raw_bytes()):
        return
    for key in ("/DecodeParms", "/Decode"):
        if key in image:
            del image[key]
    image.write(out.getvalue(), filter=pikepdf.Name("/DCTDecode"))
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, 8
    image.ColorSpace = pikepdf.Name("/DeviceGray" if picture.mode == "L" else "/DeviceRGB")


def _reduced(data: bytes, limit: int) -> bytes:
    """The PDF with smaller images; the smallest that could be made when none fits."""
    import pikepdf

    best = data
    for side, quality in REDUCTIONS:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for item in pdf.objects:
                if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
                    _shrink(item, side, quality)
            made = _saved(pdf)
        best = min(best, made, key=len)
        if len(best) <= limit:
            break
    return best


def one_pdf(files: Sequence[bytes], title: str, language: str, limit: int | None) -> Made:
    """Join PDF files and pictures, in order, into one PDF with every image upright and no trace of place or device.

    `limit` in bytes; above it, images are made smaller, never below a readable size. See `Made`.
    """
    data, fault, position = _merged(files, title, language)
    if fault:
        return Made(b"", fault, position)
    if limit is None or len(data) <= limit:
        return Made(data)
    smaller = _reduced(data, limit)
    reduced = len(smaller) < len(data)
    return Made(smaller, None if len(smaller) <= limit else "too_big", None, reduced)


@dataclass(frozen=True, slots=True)
class Fitted:
    """One picture for an office that takes pictures: `content` is what came in where nothing could be done
    (`problem`), or had to be.
    """

    content: bytes
    format: str
    problem: Fault | None = None
    reduced: bool = False


def fit_picture(data: bytes, formats: Sequence[str], limit: int) -> Fitted:
    """A picture upright, in one of the formats, and of `limit` bytes at most, but never below a readable size."""
    from PIL import ImageOps

    name = format_of(data)
    if name is None:
        return Fitted(data, "", "not_accepted" if data.lstrip()[:5] == b"%PDF-" else "unsupported")
    target = next((one for one in (name, "jpeg", "png") if one in formats), None)
    if target is None:
        return Fitted(data, name, "not_accepted")
    try:
        image, turned = _image(data, name)
    except _Refused as refused:
        return Fitted(data, name, refused.fault)
    upright = ImageOps.exif_transpose(image) if turned != 1 else image
    best = data if target == name and turned == 1 else written(upright, target)
    if len(best) <= limit:
        return Fitted(best, target)
    smaller = "jpeg" if "jpeg" in formats else target
    for side, quality in REDUCTIONS:
        made = _smaller(upright, smaller, side, quality)
        if len(made) < len(best):
            best, target = made, smaller
        if len(best) <= limit:
            return Fitted(best, target, reduced=True)
    return Fitted(best, target, "too_big", reduced=True)


def _smaller(image: Any, name: str, side: int, quality: int) -> bytes:
    small = flat(image).copy()
    small.thumbnail((side, side))
    if name != "jpeg":
        return written(small, name)
    out = io.BytesIO()
    small = small.convert("L") if small.mode == "1" else small
    small.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
