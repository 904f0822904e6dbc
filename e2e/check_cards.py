# SPDX-License-Identifier: Apache-2.0
"""Checks the cards of a demo's data folder with programs that are not ours.

    python e2e/check_cards.py DATA_FOLDER [--program TURNA]

DATA_FOLDER/cards/ holds, for each card, card-NUMBER.pdf, card-NUMBER.png (the code as a picture), card-NUMBER.txt (its
text) and card-NUMBER.mrz (the printed lines), and beside them trust.json and status.cwt. Pictures are read by zxing-cpp,
PDFs by poppler, the signed code by PyPI's claim169, the printed lines by PyPI's mrz; signatures, certificates and the
status list are checked with cryptography and cbor2. With --program, the program's own verdict on each card must be the
one that follows from all this, and a code with one character changed must be refused.
"""

import argparse
import base64
import datetime
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zlib

import cbor2
import claim169
import zxingcpp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from mrz.checker.td1 import TD1CodeChecker
from PIL import Image

# Baku has no summer time, so the offset is enough and no time zone database is needed.
BAKU = datetime.timezone(datetime.timedelta(hours=4))
# ISO/IEC 7810 ID-1 in points of 1/72 inch, and the tolerance of a printed card.
CARD_POINTS = (85.60 / 25.4 * 72, 53.98 / 25.4 * 72)
POINTS_OFF_MAX = 0.5
# Alphanumeric characters of a QR code of version 22 with level L: what a camera still reads from a card.
QR_CHARACTERS_MAX = 1460
STATUS_NAMES = {0: "valid", 1: "revoked", 2: "suspended"}
# Claims of a CBOR Web Token (RFC 8392; Token Status List).
SUBJECT, EXPIRES_AT, STATUS_LIST, STATUS = 2, 4, 65533, 65535


class Checks:
    """Counts checks and shows those that fail."""

    def __init__(self):
        self.passed = self.failed = 0

    def that(self, name, holds, detail=""):
        """Notes whether something holds, and returns it."""
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {name}" + (f": {detail}" if detail != "" else ""))
        return bool(holds)

    def equal(self, name, found, expected):
        """Notes whether two values are equal."""
        return self.that(name, found == expected, f"{found!r} instead of {expected!r}")

    def run(self, name, function, *arguments):
        """Calls a function that must not fail, and returns its result, or None."""
        try:
            result = function(*arguments)
        except Exception as error:  # a foreign program may fail in its own way; each is a failed check
            self.that(name, False, f"{type(error).__name__}: {error}")
            return None
        self.that(name, True)
        return result


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def verify_raw(key, signature, message):
    """Checks an ES256 signature of 64 bytes (RFC 7518, section 3.4); raises if it does not match."""
    half = len(signature) // 2
    der = utils.encode_dss_signature(int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big"))
    key.verify(der, message, ec.ECDSA(hashes.SHA256()))


def open_trust_list(path):
    """The signers of a trust list by key identifier: checks the root's signature (JWS) and each certificate."""
    document = json.loads(path.read_text(encoding="utf-8"))
    header = json.loads(unpadded(document["protected"]))
    root = x509.load_der_x509_certificate(base64.b64decode(header["x5c"][0]))
    root.verify_directly_issued_by(root)
    signed = f"{document['protected']}.{document['payload']}".encode()
    verify_raw(root.public_key(), unpadded(document["signature"]), signed)
    signers = {}
    for entry in json.loads(unpadded(document["payload"]))["signers"]:
        der = base64.b64decode(entry["certificate"])
        certificate = x509.load_der_x509_certificate(der)
        certificate.verify_directly_issued_by(root)
        signers[hashlib.sha256(der).digest()[:8]] = (certificate.public_key(), entry["purposes"])
    return signers


def open_cose(message, signers, purpose):
    """The claims of a COSE_Sign1 message (RFC 9052), if a signer with this purpose signed it."""
    tagged = cbor2.loads(message)
    protected, _, payload, signature = tagged.value
    header = cbor2.loads(protected)
    if tagged.tag != 18 or header[1] != -7:
        raise ValueError("not a COSE_Sign1 with ES256")
    key, purposes = signers[bytes(header[4])]
    if purpose not in purposes:
        raise ValueError(f"the signer may not sign {purpose}")
    verify_raw(key, bytes(signature), cbor2.dumps(["Signature1", protected, b"", payload]))
    return cbor2.loads(payload)


def open_status_list(path, signers):
    """The address of the status list and a function from a place to a status (Token Status List, section 4)."""
    claims = open_cose(path.read_bytes(), signers, "status_list")
    bits = claims[STATUS_LIST]["bits"]
    entries = zlib.decompress(claims[STATUS_LIST]["lst"])
    if claims[EXPIRES_AT] <= datetime.datetime.now(datetime.timezone.utc).timestamp():
        raise ValueError("the status list has expired")
    per_byte = 8 // bits
    return claims[SUBJECT], lambda place: entries[place // per_byte] >> place % per_byte * bits & (1 << bits) - 1


def base45(text):
    """Decodes Base45 (RFC 9285)."""
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
    digits = [alphabet.index(character) for character in text]
    result = bytearray()
    for start in range(0, len(digits), 3):
        group = digits[start : start + 3]
        number = sum(digit * 45**power for power, digit in enumerate(group))
        result += number.to_bytes(len(group) - 1, "big")
    return bytes(result)


def read_codes(picture):
    with Image.open(picture) as image:
        return [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]


def raster(pdf, folder):
    """The pages of a PDF as pictures of 300 dots per inch, as a printer and a scanner would make them."""
    subprocess.run(["pdftoppm", "-r", "300", "-png", pdf, folder / "page"], check=True, capture_output=True)
    return sorted(folder.glob("page*.png"))


def command_output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def check_pdf(checks, name, pdf, text):
    """Size, pages and fonts of the PDF, and that a scanner reads the code from it."""
    info = checks.run(f"{name}: pdfinfo reads the PDF", command_output, "pdfinfo", pdf)
    if info is not None:
        checks.equal(f"{name}: front and back", re.search(r"Pages:\s+(\d+)", info).group(1), "2")
        size = [float(number) for number in re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info).groups()]
        off = max(abs(found - wanted) for found, wanted in zip(size, CARD_POINTS))
        checks.that(f"{name}: the size of a card", off <= POINTS_OFF_MAX, size)
    fonts = checks.run(f"{name}: pdffonts reads the PDF", command_output, "pdffonts", pdf)
    if fonts is not None:
        rows = fonts.splitlines()[2:]
        # The last columns are: emb sub uni object ID.
        embedded = [row.split()[-5] == "yes" for row in rows]
        checks.that(f"{name}: all fonts are embedded", embedded and all(embedded), fonts)
    with tempfile.TemporaryDirectory() as folder:
        pages = checks.run(f"{name}: pdftoppm draws the PDF", raster, pdf, pathlib.Path(folder))
        codes = [code for page in pages or [] for code in read_codes(page)]
    checks.that(f"{name}: zxing-cpp reads the code from the PDF at 300 dpi", text in codes, f"{len(codes)} codes")


def digits(text):
    return re.sub(r"\D", "", text or "")


def check_mrz(checks, name, lines, identity, expires_at):
    """The printed lines are accepted, and agree with the code."""
    checks.that(f"{name}: three lines of 30", re.fullmatch(r"([A-Z0-9<]{30}\n){3}", lines), repr(lines))
    reader = checks.run(f"{name}: PyPI mrz reads the lines", TD1CodeChecker, lines.strip())
    if reader is None:
        return
    birth = digits(identity.date_of_birth) or "00000000"
    # ICAO 9303-3 writes an unknown month or day as <<; this reader counts that as no date, though its digit is right.
    tolerated = {"false birth date"} if birth.endswith("00") else set()
    checks.that(f"{name}: PyPI mrz accepts the lines", set(reader.report.errors) <= tolerated, reader.report.errors)
    first, second, _ = lines.split()
    number = first[5:14] if first[14] != "<" else first[5:14] + first[15:].split("<")[0][:-1]
    checks.equal(f"{name}: one number", number.strip("<"), re.sub("[^A-Z0-9]", "", identity.id))
    # An unknown month or day is 00 in the code and << in the lines.
    printed = "".join("<<" if part == "00" else part for part in (birth[4:6], birth[6:8]))
    year = "<<" if birth[:4] == "0000" else birth[2:4]
    checks.equal(f"{name}: one date of birth", second[:6], year + printed)
    last_moment = datetime.datetime.fromtimestamp(expires_at - 1, BAKU)
    checks.equal(f"{name}: one last day", second[8:14], last_moment.strftime("%y%m%d"))
    checks.equal(f"{name}: one nationality", second[15:18], (identity.nationality or "").ljust(3, "<"))


def changed(text):
    """The text with one character in its middle changed."""
    middle = len(text) // 2
    return text[:middle] + ("A" if text[middle] != "A" else "B") + text[middle + 1 :]


def verify(program, folder, text):
    """The exit code of the program's own check: 0 valid, 1 refused."""
    command = [program, "card", "verify", text, "--trust", folder / "trust.json", "--status", folder / "status.cwt"]
    return subprocess.run(command, capture_output=True).returncode


def check_card(checks, path, signers, status_of, program):
    """Everything about one card; returns its status by the list."""
    folder, name = path.parent, path.stem
    text = path.read_text(encoding="ascii").rstrip("\n")
    checks.that(f"{name}: fits a code of version 22-L", len(text) <= QR_CHARACTERS_MAX, len(text))
    codes = checks.run(f"{name}: zxing-cpp opens the picture", read_codes, path.with_suffix(".png"))
    checks.equal(f"{name}: zxing-cpp reads the code", codes, [text])
    check_pdf(checks, name, path.with_suffix(".pdf"), text)

    claims = checks.run(
        f"{name}: COSE, CBOR and signature are right",
        lambda: open_cose(zlib.decompress(base45(text)), signers, "cards"),
    )
    if claims is None:
        return None
    key = signers[bytes(cbor2.loads(cbor2.loads(zlib.decompress(base45(text))).value[0])[4])][0]
    pem = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
    decoded = checks.run(f"{name}: PyPI claim169 decodes the code", claim169.decode_with_ecdsa_p256_pem, text, pem)
    if decoded is None:
        return None
    checks.equal(f"{name}: PyPI claim169 verifies the signature", decoded.verification_status, "verified")
    identity = decoded.claim169
    checks.that(f"{name}: the number is in the file's name", identity.id and identity.id in name, identity.id)
    checks.that(f"{name}: the face is a small WebP", identity.photo and identity.photo[8:12] == b"WEBP" and len(identity.photo) <= 600)
    forged = changed(text)
    try:
        refused = not claim169.decode_with_ecdsa_p256_pem(forged, pem).is_verified()
    except claim169.Claim169Exception:
        refused = True
    checks.that(f"{name}: PyPI claim169 refuses a changed code", refused)
    lines = path.with_suffix(".mrz").read_text(encoding="ascii")
    check_mrz(checks, name, lines, identity, decoded.cwt_meta.expires_at)

    address, status_at = status_of
    reference = claims[STATUS]["status_list"]
    checks.equal(f"{name}: one status list", reference["uri"], address)
    status = checks.run(f"{name}: is in the status list", status_at, reference["idx"])
    if program:
        in_force = status == 0 and decoded.cwt_meta.is_valid_now()
        checks.equal(f"{name}: the program's own verdict", verify(program, folder, text), 0 if in_force else 1)
        checks.equal(f"{name}: the program refuses a changed code", verify(program, folder, forged), 1)
    return STATUS_NAMES.get(status)


def check_folder(checks, folder, program):
    """All cards of a folder."""
    signers = checks.run("the trust list is signed by its root", open_trust_list, folder / "trust.json")
    if signers is None:
        return
    status_of = checks.run("the status list is signed and fresh", open_status_list, folder / "status.cwt", signers)
    texts = sorted(folder.glob("card-*.txt"))
    checks.that("there are cards", texts, folder)
    if status_of is None:
        return
    found = [checks.run(f"{path.stem}: is complete", check_card, checks, path, signers, status_of, program) for path in texts]
    # The story hands cards out, loses one and revokes one.
    for status in STATUS_NAMES.values():
        checks.that(f"a card is {status}", status in found, found)


def main():
    parser = argparse.ArgumentParser(description="checks the cards of a demo with foreign programs")
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--program")
    arguments = parser.parse_args()
    checks = Checks()
    check_folder(checks, arguments.data / "cards", arguments.program)
    print(f"cards: {checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed or not checks.passed else 0


if __name__ == "__main__":
    sys.exit(main())
