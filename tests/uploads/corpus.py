"""The odd and hostile files of the tests, with what must become of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from PIL import Image

from tests.uploads import making
from tests.uploads.making import archive, exif, frames, heic, jpeg, locked, pdf, png_of, saved, text_picture, tree

Outcome = Literal["refused", "refused later", "kept"]


@dataclass(frozen=True)
class Odd:
    """`said` must be on the page. `media` is what a kept file has become."""

    name: str
    content: bytes
    outcome: Outcome
    said: str
    media: str = ""


WORD = archive(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>"))
MACROS = archive(("[Content_Types].xml", b"<x/>"), ("word/vbaProject.bin", bytes(200)))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODT = archive(("mimetype", b"application/vnd.oasis.opendocument.text"))
JPEG, PDF, PNG = "image/jpeg", "application/pdf", "image/png"


def wrong_type() -> Iterator[Odd]:
    """Files of another type, named to the person whatever they call themselves."""
    named = {
        "lettre.docx": (WORD, "est un fichier Word ou Excel."),
        "macros.docm": (MACROS, "avec des macros (de petits programmes)"),
        "vieux.doc": (OLE + bytes(600), "est un fichier Word ou Excel."),
        "vieilles macros.xls": (OLE + bytes(600) + "_VBA_PROJECT".encode("utf-16-le") + bytes(99), "avec des macros"),
        "texte.odt": (ODT, "est un fichier LibreOffice."),
        "livre.epub": (archive(("mimetype", b"application/epub+zip")), "est un livre numérique."),
        "papiers.zip": (archive(("passeport.pdf", pdf())), "est un fichier ZIP."),
        "vide.zip": (b"PK\x05\x06" + bytes(18), "est un fichier ZIP."),
        "papiers.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(99), "est un dossier compressé."),
        "papiers.rar": (b"Rar!\x1a\x07" + bytes(99), "est un dossier compressé."),
        "papiers.gz": (b"\x1f\x8b" + bytes(99), "est un dossier compressé."),
        "lettre.rtf": (b"{\\rtf1 Bonjour}", "est un texte RTF."),
        "image.gif": (saved(Image.new("P", (9, 9)), "GIF"), "est une image GIF."),
        "film.mp4": (b"\0\0\0\x18ftypisom" + bytes(99), "est une vidéo."),
        "film.webm": (b"\x1a\x45\xdf\xa3" + bytes(99), "est une vidéo."),
        "voix.ogg": (b"OggS" + bytes(99), "est un enregistrement."),
        "photo.psd": (b"8BPS" + bytes(99), "est une image Photoshop."),
        "papier.ps": (b"%!PS-Adobe\n", "est un fichier PostScript."),
        "passeport.pdf.exe": (b"MZ" + bytes(999), "est un programme."),
        "script.pdf": (b"#!/bin/sh\nrm -rf /\n%PDF-1.7\n", "est un programme."),
        "page.pdf": (b"<!doctype html>%PDF-1.4<script>alert(1)</script>", "est une page web."),
        "dessin.png": (b"\xef\xbb\xbf\n<svg xmlns='x'><script/></svg>", "est une page web."),
        "note.txt": (b"Bonjour, voici mon papier.", "n'est pas un fichier PDF, JPEG"),
        "zeros.jpg": (bytes(5000), "n'est pas un fichier PDF, JPEG"),
        "vide.pdf": (b"", "est vide"),
        "dans un zip.pdf": (archive(("a.pdf", pdf())) + pdf(), "est un fichier ZIP."),
    }
    for name, (content, said) in named.items():
        yield Odd(name, content, "refused", said)


def damaged() -> Iterator[Odd]:
    """Cut, broken, locked, without anything in them, or far too much."""
    photo = jpeg()
    broken = "est incomplet ou abîmé. Il n'est pas gardé."
    yield Odd("coupe.png", saved(text_picture((300, 300)), "PNG")[:-40], "refused", broken)
    yield Odd("coupe.pdf", b"%PDF-1.7\n" + b"x" * 4000, "refused", broken)
    yield Odd("coupe.webp", saved(text_picture((300, 300)), "WEBP")[:-40], "refused", broken)
    yield Odd("coupe.bmp", saved(text_picture((300, 300)), "BMP")[:-40], "refused", broken)
    yield Odd("lourd.jpg", photo[:2] + b"\xff\xfe\xff\xf0" + bytes(12_000_000), "refused", "est trop lourd")
    yield Odd("cache loin.pdf", pdf() + archive(("a.exe", b"MZ" + bytes(5000))), "refused", broken)
    yield Odd("coupe.jpg", photo[: len(photo) // 2], "refused later", broken)
    yield Odd("coupe.tif", saved(text_picture((300, 300)), "TIFF")[:9000], "refused later", broken)
    yield Odd("coupe.heic", heic()[:4000], "refused later", broken)
    yield Odd("abime.heic", heic()[:40] + bytes(4000), "refused later", broken)
    yield Odd("faux.jpg", b"\xff\xd8\xff\xe0" + bytes(40) + b"\xff\xd9", "refused later", broken)
    yield Odd("faux.png", b"\x89PNG\r\n\x1a\n" + bytes(20) + b"IEND\xaeB`\x82", "refused later", broken)
    yield Odd("faux.pdf", b"%PDF-1.7\nnothing\nstartxref\n0\n%%EOF\n", "refused later", broken)
    yield Odd("sans dots.png", png_of(900, 900, b""), "refused later", broken)
    yield Odd("code.pdf", locked("secret"), "refused later", "est protégé par un mot de passe")
    yield Odd("sans page.pdf", pdf(1, making.without_pages), "refused later", "est un PDF sans aucune page")
    yield Odd("mille.pdf", pdf(1000), "refused later", "a plus de 200 pages")
    yield Odd("milliard.pdf", tree(b"2 0 R " * 50), "refused later", broken)
    yield Odd("un point.png", saved(Image.new("RGB", (1, 1)), "PNG"), "refused later", "est une image sans contenu")
    yield Odd("bombe.png", png_of(60_000, 60_000), "refused later", "bien trop grande pour être ouverte")
    yield Odd("bombe.bmp", _huge_bmp(), "refused later", "bien trop grande pour être ouverte")
    yield Odd("bombe.pdf", making.flate_bomb(30), "refused later", broken)
    yield Odd("tourne en rond.pdf", tree(b"2 0 R"), "refused later", broken)


def _huge_bmp() -> bytes:
    head = (54).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little")
    size = (40).to_bytes(4, "little") + (40_000).to_bytes(4, "little") * 2 + b"\1\0\x18\0" + bytes(24)
    return b"BM" + head + size


def kept() -> Iterator[Odd]:
    """Odd, and good: nothing is refused that can be read."""
    yield Odd("droit.jpg", jpeg(), "kept", "droit.jpg", JPEG)
    yield Odd("tourne.jpg", jpeg(exif=exif(making.TURN_RIGHT)), "kept", "tourne.jpg", JPEG)
    yield Odd("iphone.HEIC", heic(exif=exif().tobytes()), "kept", "Nous l'avons changé en JPEG", JPEG)
    yield Odd("android.webp", saved(text_picture(), "WEBP", exif=exif()), "kept", "android.jpg", JPEG)
    yield Odd("neuf.avif", saved(text_picture(), "AVIF", quality=50), "kept", "neuf.jpg", JPEG)
    yield Odd("scan.tiff", saved(text_picture(), "TIFF"), "kept", "scan.jpg", JPEG)
    yield Odd("fax.tif", frames(3), "kept", "Nous l'avons changé en PDF", PDF)
    yield Odd("paint.bmp", saved(text_picture(), "BMP"), "kept", "paint.jpg", JPEG)
    yield Odd("clair.png", saved(text_picture().convert("RGBA"), "PNG"), "kept", "clair.png", PNG)
    yield Odd("profond.png", saved(Image.new("I;16", (1000, 1000), 40_000), "PNG"), "kept", "profond.png", PNG)
    yield Odd("imprimeur.jpg", jpeg(text_picture().convert("CMYK")), "kept", "imprimeur.jpg", JPEG)
    yield Odd("progressif.jpg", jpeg(progressive=True, restart_marker_blocks=8), "kept", "progressif.jpg", JPEG)
    yield Odd("polyglotte.jpg", jpeg() + archive(("a.exe", b"MZ")), "kept", "polyglotte.jpg", JPEG)
    yield Odd("avec script.jpg", jpeg(comment=b"<script>alert(1)</script>"), "kept", "avec script.jpg", JPEG)
    yield Odd("queue.png", saved(text_picture(), "PNG") + b"<?php system('x');", "kept", "queue.png", PNG)
    yield Odd("nom.exe", pdf(), "kept", "nom.exe.pdf", PDF)
    yield Odd("../../etc/passwd", pdf(), "kept", "passwd.pdf", PDF)
    yield Odd("deux.pdf", pdf(2), "kept", "2 pages", PDF)
    yield Odd("prefixe.pdf", b"\0" * 200 + pdf(), "kept", "prefixe.pdf", PDF)
    yield Odd("cache.pdf", pdf() + archive(("a.exe", b"MZ" + bytes(1200))), "kept", "cache.pdf", PDF)
    yield Odd("banque.pdf", locked(""), "kept", "Nous avons enlevé la protection", PDF)
    for name, change in {
        "script.pdf": making.runs_at_opening,
        "scripts.pdf": making.runs_by_name,
        "joint.pdf": making.holds_a_file,
        "lance.pdf": making.starts_a_program,
        "page.pdf": making.acts_on_the_page,
    }.items():
        yield Odd(f"actif {name}", pdf(1, change), "kept", "Nous l'avons enlevé", PDF)
    yield Odd("floue.jpg", making.blurred(), "kept", "Cette photo semble floue", JPEG)
    yield Odd("sombre.jpg", making.dark(), "kept", "Cette photo est sombre", JPEG)
    yield Odd("petite.jpg", jpeg(text_picture((400, 500))), "kept", "Cette image est petite", JPEG)
    yield Odd("blanche.jpg", jpeg(Image.new("RGB", (900, 1200), "white")), "kept", "très claire", JPEG)


def corpus() -> list[Odd]:
    return [*wrong_type(), *damaged(), *kept()]
