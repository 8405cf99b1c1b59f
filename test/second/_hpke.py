"""HPKE base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, by RFC 9180: FORMAT.md#sealed-messages."""

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from _cbor import Refused
from _keys import check_p256, public_bytes

KEM = b"KEM" + bytes([0, 0x10])
SUITE = b"HPKE" + bytes([0, 0x10, 0, 1, 0, 1])


def mac(key, *parts):
    return hmac.new(key, b"".join(parts), hashlib.sha256).digest()


def extract(suite, salt, label, secret):
    return mac(salt or bytes(32), b"HPKE-v1", suite, label, secret)


def expand(suite, key, label, info, length):
    return mac(key, length.to_bytes(2, "big"), b"HPKE-v1", suite, label, info, b"\x01")[:length]


def key_and_nonce(private, peer, context):
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), peer)
    secret = private.exchange(ec.ECDH(), public)
    shared = expand(KEM, extract(KEM, b"", b"eae_prk", secret), b"shared_secret", context, 32)
    schedule = b"\x00" + extract(SUITE, b"", b"psk_id_hash", b"") + extract(SUITE, b"", b"info_hash", b"")
    prk = extract(SUITE, shared, b"secret", b"")
    return expand(SUITE, prk, b"key", schedule, 16), expand(SUITE, prk, b"base_nonce", schedule, 12)


def seal(recipient, aad, plaintext):
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    ek = public_bytes(ephemeral)
    key, nonce = key_and_nonce(ephemeral, recipient, ek + recipient)
    return ek, AESGCM(key).encrypt(nonce, plaintext, aad)


def open_sealed(private, ek, aad, ciphertext):
    try:
        check_p256(ek)
        key, nonce = key_and_nonce(private, ek, ek + public_bytes(private))
        return AESGCM(key).decrypt(nonce, ciphertext, aad)
    except (Refused, InvalidTag, ValueError) as error:
        raise Refused("SEAL_BROKEN") from error
