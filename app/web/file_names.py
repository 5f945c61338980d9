"""Names of uploaded files: shown to the person who gave them, and never trusted."""

from __future__ import annotations

ENDINGS = {
    "pdf": (".pdf",),
    "jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "png": (".png",),
    "heic": (".heic", ".heif", ".hif"),
    "webp": (".webp",),
    "avif": (".avif",),
    "tiff": (".tif", ".tiff"),
    "bmp": (".bmp", ".dib"),
}
"""By format, the usual one first."""

LONGEST = 100
"""Characters: some file systems take 255 bytes, and a letter may need three."""


def clean(name: str, longest: int = LONGEST) -> str:
    """A name as one line: no folder, nothing invisible, nothing that turns the direction of writing; the middle of a
    long one is left out. Empty when nothing of it is left.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = " ".join("".join(letter if letter.isprintable() else "" for letter in last).split())
    return shown if len(shown) <= longest else f"{shown[: longest - 13]}…{shown[-12:]}"


def kept(name: str, file_format: str) -> str:
    """The name to keep for a file of this format. It ends as the format does: whoever saves the file opens it by its
    name.
    """
    own = clean(name).strip(" .") or "fichier"
    endings = ENDINGS[file_format]
    return own if own.lower().endswith(endings) else clean(own, LONGEST - len(endings[0])) + endings[0]


def renamed(name: str, file_format: str) -> str:
    """The kept name of a file that has become another format: "IMG_1.HEIC" is now "IMG_1.jpg"."""
    if name.lower().endswith(ENDINGS[file_format]):
        return name
    old = next((end for ends in ENDINGS.values() for end in ends if name.lower().endswith(end)), "")
    return kept(name[: len(name) - len(old)], file_format)
