"""Public keys: FORMAT.md#public-keys."""

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from _cbor import Refused, encode

P25519 = 2**255 - 19
D25519 = -121665 * pow(121666, -1, P25519) % P25519
P256 = 2**256 - 2**224 + 2**192 + 2**96 - 1
B256 = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def thumbprint(key):
    """32 bytes: Ed25519; 65 bytes: P-256, uncompressed."""
    if len(key) == 32:
        return sha256(encode({1: 1, -1: 6, -2: key}))
    return sha256(encode({1: 2, -1: 1, -2: key[1:33], -3: key[33:]}))


def edwards_add(a, b):
    (x1, y1), (x2, y2) = a, b
    product = D25519 * x1 * x2 * y1 * y2 % P25519
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P25519)
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, P25519)
    return x % P25519, y % P25519


def edwards_x(y):
    """One of the two x of a point, or None when no point has this y."""
    square = (y * y - 1) * pow(D25519 * y * y + 1, -1, P25519) % P25519
    x = pow(square, (P25519 + 3) // 8, P25519)
    if x * x % P25519 != square:
        x = x * pow(2, (P25519 - 1) // 4, P25519) % P25519
    return x if x * x % P25519 == square else None


def check_ed25519(key):
    y = int.from_bytes(key, "little") & ((1 << 255) - 1)
    x = edwards_x(y % P25519)
    if x is not None:
        point = (x, y % P25519)
        for _ in range(3):
            point = edwards_add(point, point)
        if point == (0, 1):
            raise Refused("KEY_SMALL_ORDER")
    if y >= P25519:
        raise Refused("KEY_NOT_CANONICAL")
    if x is None:
        raise Refused("KEY_MALFORMED", "no point")


def check_p256(key):
    x, y = int.from_bytes(key[1:33], "big"), int.from_bytes(key[33:], "big")
    if len(key) != 65 or key[0] != 4 or x >= P256 or y >= P256 or (y * y - x**3 + 3 * x - B256) % P256:
        raise Refused("KEY_MALFORMED", "no point")


def decode_cose_key(key, curve):
    """Returns 32 bytes for Ed25519 and 65 for P-256."""
    if not isinstance(key, dict):
        raise Refused("CLAIM_TYPE", "a COSE_Key")
    kind = key.get(1), key.get(-1)
    if kind != {"Ed25519": (1, 6), "P-256": (2, 1)}[curve]:
        raise Refused("ALGORITHM_UNKNOWN" if all(type(part) is int for part in kind) else "KEY_MALFORMED")
    labels = (-2,) if curve == "Ed25519" else (-2, -3)
    if set(key) != {1, -1, *labels}:
        raise Refused("KEY_MALFORMED", "other labels")
    parts = [key[label] for label in labels]
    if any(not isinstance(part, bytes) or len(part) != 32 for part in parts):
        raise Refused("KEY_MALFORMED", "another length")
    if curve == "Ed25519":
        check_ed25519(parts[0])
        return parts[0]
    point = b"\x04" + b"".join(parts)
    check_p256(point)
    return point


def verify(key, signature, message):
    try:
        if len(key) == 32:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
            return
        halves = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
        public.verify(utils.encode_dss_signature(*halves), message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise Refused("SIGNATURE_INVALID") from error


def sign_p256(private, message):
    r, s = utils.decode_dss_signature(private.sign(message, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def public_bytes(private):
    numbers = private.public_key().public_numbers()
    return b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")
