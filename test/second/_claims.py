"""The claims of each kind: FORMAT.md#claim-registry."""

import re

from _cbor import Refused, decode
from _keys import check_p256, decode_cose_key

AMOUNT = 2**48 - 1
TIME = 8_640_000_000_000


def integer(low, high):
    def check(value):
        if type(value) is not int:
            raise Refused("CLAIM_TYPE")
        if not low <= value <= high:
            raise Refused("CLAIM_RANGE")

    return check


def raw(low, high=None, step=1):
    def check(value):
        if not isinstance(value, bytes):
            raise Refused("CLAIM_TYPE")
        if not low <= len(value) <= (high or low) or len(value) % step:
            raise Refused("CLAIM_RANGE")

    return check


def text(most, pattern=None):
    def check(value):
        if not isinstance(value, str):
            raise Refused("CLAIM_TYPE")
        control = any(ord(char) < 32 or 127 <= ord(char) < 160 for char in value)
        if len(value.encode()) > most or control or (pattern and not re.fullmatch(pattern, value)):
            raise Refused("CLAIM_RANGE")

    return check


def flag(value):
    if not isinstance(value, bool):
        raise Refused("CLAIM_TYPE")


def array(item, most, name=None):
    def check(value):
        if not isinstance(value, list):
            raise Refused("CLAIM_TYPE")
        if len(value) > most:
            raise Refused("CLAIM_RANGE")
        for entry in value:
            item(entry)
        if name and len({name(entry) for entry in value}) < len(value):
            raise Refused("CLAIM_RANGE", "twice")

    return check


def row(*items, optional=0):
    def check(value):
        if not isinstance(value, list):
            raise Refused("CLAIM_TYPE")
        if not len(items) - optional <= len(value) <= len(items):
            raise Refused("CLAIM_RANGE")
        for item, entry in zip(items, value):
            item(entry)

    return check


def text_map(key, item, most):
    def check(value):
        if not isinstance(value, dict):
            raise Refused("CLAIM_TYPE")
        if len(value) > most:
            raise Refused("CLAIM_RANGE")
        for name, entry in value.items():
            key(name)
            item(entry)

    return check


def record(required, optional):
    known = {**required, **optional}

    def check(value):
        if not isinstance(value, dict):
            raise Refused("CLAIM_TYPE")
        for key in value:
            if not isinstance(key, int):
                raise Refused("CLAIM_TYPE")
            if key < 0 and key not in known:
                raise Refused("CRITICAL_UNKNOWN")
        if any(key not in value for key in required):
            raise Refused("CLAIM_MISSING")
        for key, item in known.items():
            if key in value:
                item(value[key])

    return check


def text_or_amount(value):
    (text(200) if isinstance(value, str) else integer(-AMOUNT, AMOUNT))(value)


def any_map(value):
    if not isinstance(value, dict):
        raise Refused("CLAIM_TYPE")


def id_or_device(value):
    raw(16, 32, 16)(value)


def device_key(value):
    raw(64)(value)
    check_p256(b"\x04" + value)


def cose_key(curve):
    return lambda value: decode_cose_key(value, curve) and None


amount, time, hours, days = integer(0, AMOUNT), integer(0, TIME), integer(0, 876_000), integer(0, 36_500)
code = r"[A-Za-z0-9][A-Za-z0-9._-]*"
product, feature_code, counter = text(32, r"[a-z0-9][a-z0-9-]*"), text(32, code), text(32, f"|{code}")
head = row(amount, raw(32))
state = integer(1, 2)
limits = record({}, {1: amount, 2: amount, 3: integer(-AMOUNT, AMOUNT), 4: integer(1, 4), 5: amount, 6: flag})
feature = record({1: feature_code}, {2: text(48), 3: time, 4: limits})
total = row(counter, amount, amount)
issuer_key = record(
    {1: cose_key("Ed25519"), 4: time},
    {2: array(integer(0, 65535), 16), 3: array(product, 64), 5: time, 6: state, 7: hours},
)
sealing_key = record({1: cose_key("P-256")}, {6: state})


def first(entry):
    return entry[0]


REGISTRY = {
    1: raw(16), 2: raw(32), 3: raw(16), 4: time, 5: time, 6: time, 7: raw(16), 8: amount, 9: product,
    10: amount, 11: time, 12: amount, 13: amount, 14: raw(4, 56, 4), 15: text(32), 16: text(24),
    17: text(24), 18: device_key, 19: raw(8), 20: raw(16), 21: raw(8), 22: raw(16), 23: raw(32),
    24: row(id_or_device, raw(32), optional=1), 25: flag, 26: flag,
    27: row(amount, raw(32), array(total, 65, first)), 28: array(head, 9, first), 29: raw(1, 8192),
    30: integer(0, 3), 31: flag, 32: hours, 33: array(feature, 64, lambda entry: entry[1]), 34: limits,
    35: integer(1, 5), 36: head, 37: row(days, days), 38: flag, 39: text(64), 40: time,
    41: text_map(text(48), text(256), 16),
    42: array(row(counter, amount, amount, amount), 64, lambda entry: (entry[0], entry[1])),
    43: integer(1, 10_000), 44: flag, 45: array(any_map, 16), 46: integer(-720, 840),
    47: text(64), 50: text(40, r"[A-Z][A-Z0-9_]*"),
    51: text_map(text(32), text_or_amount, 16), 52: raw(32), 60: array(issuer_key, 32),
    61: array(sealing_key, 32), 62: array(text(200), 8), 63: cose_key("Ed25519"),
}  # fmt: skip

ACTIVATION = (1, 3, 6, 7, 8, 10, 11, 12, 13, 18, 27, 28)
SHAPES = {
    "activation-request": (
        (1, 6, 10, 11, 12, 13, 18),
        (7, 9, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 42),
    ),
    "usage-report": (ACTIVATION, (14, 15, 16, 17, 25, 26, 29, 42)),
    "deactivation": (ACTIVATION, (29, 42)),
    "license": (
        (2, 3, 6, 7, 8, 9, 30),
        (1, 4, 5, 14, 15, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 43, 44, 45, 46, 47),
    ),
    "receipt": ((1, 2, 3, 6, 7, 27), ()),
    "refusal": ((6, 50), (1, 2, 51, 52)),
    "trust-bundle": ((6, 12, 13, 60, 61, 62), ()),
    "root-change": ((6, 13, 63), ()),
}


def decode_claims(kind, data):
    claims = decode(data)
    required, optional = SHAPES[kind]
    record({key: REGISTRY[key] for key in required}, {key: REGISTRY[key] for key in optional})(claims)
    pairs = ((19, 20), (21, 22), (7, 28)) if kind == "activation-request" else ()
    if any((a in claims) != (b in claims) for a, b in pairs):
        raise Refused("CLAIM_MISSING", "one of a pair")
    if kind == "refusal" and (1 in claims) == (52 in claims):
        raise Refused("CLAIM_MISSING", "request id or digest")
    return claims
