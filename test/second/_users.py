"""Users: FORMAT.md#users. Argon2id is not in Python: whoever calls brings userKey."""

import unicodedata

from _hpke import mac
from _keys import sha256

WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"


def normalized_name(typed):
    spaced = "".join(" " if char in WHITE_SPACE else char for char in unicodedata.normalize("NFKC", typed))
    return " ".join(part for part in spaced.split(" ") if part).lower()


def user_secret(domain_id, name):
    return sha256(b"latchkey-1 user", domain_id, name.encode())


def user_lookup(domain_id, name):
    return sha256(b"latchkey-1 user lookup", domain_id, name.encode())[:8]


def stored_key(user_key):
    return sha256(b"latchkey-1 user key", user_key)


def user_proof(user_key, device_id, request_id):
    mask = mac(stored_key(user_key), device_id, request_id)
    return bytes(a ^ b for a, b in zip(user_key, mask))


def fingerprint_key(domain_id, name):
    return mac(user_secret(domain_id, name), b"latchkey-1 fingerprint", domain_id)
