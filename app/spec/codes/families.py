"""What the first letter of a code says."""

from app.spec.codes.phrase import Phrase

FAMILIES = {
    "Y": Phrase("Écriture du fichier", "How the file is written"),
    "S": Phrase("Forme", "Shape"),
    "R": Phrase("Noms et renvois", "Names and references"),
    "C": Phrase("Conditions", "Conditions"),
    "M": Phrase("Sens", "Meaning"),
    "L": Phrase("Langage clair", "Plain language"),
    "T": Phrase("Temps qui passe", "Passing time"),
    "V": Phrase("Preuves", "Proofs"),
}
