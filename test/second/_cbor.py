"""Deterministic CBOR as FORMAT.md#encoding has it. The scan is ours; the values come from cbor2."""

import cbor2

MAX_DEPTH = 8


class Refused(Exception):
    """What a reader refuses, with its code."""

    def __init__(self, code, why=""):
        super().__init__(f"{code} {why}".strip())
        self.code = code


def encode_head(major, number):
    if number < 24:
        return bytes([major << 5 | number])
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 256**size:
            return bytes([major << 5 | info]) + number.to_bytes(size, "big")
    raise ValueError("a number past 64 bits")


def encode(value):
    """cbor2 sorts keys by RFC 7049; version 1 sorts by the bytes of the keys (RFC 8949, section 4.2.1)."""
    if isinstance(value, bool) or value is None:
        return cbor2.dumps(value)
    if isinstance(value, int):
        return encode_head(0, value) if value >= 0 else encode_head(1, -1 - value)
    if isinstance(value, bytes):
        return encode_head(2, len(value)) + value
    if isinstance(value, str):
        text = value.encode()
        return encode_head(3, len(text)) + text
    if isinstance(value, (list, tuple)):
        return encode_head(4, len(value)) + b"".join(map(encode, value))
    pairs = sorted((encode(key), encode(item)) for key, item in value.items())
    return encode_head(5, len(pairs)) + b"".join(key + item for key, item in pairs)


def decode(data):
    scan(data)
    value = cbor2.loads(data)
    if encode(value) != data:
        raise Refused("CBOR_NOT_DETERMINISTIC", "keys out of order or twice")
    return value


def scan(data):
    """Refuses all that is not deterministic, but for the order of keys. Does not recurse."""
    left, offset, keys = [1], 0, []  # items still to come, for each open level
    keys.append(False)
    while left:
        if left[-1] == 0:
            left.pop()
            keys.pop()
            continue
        is_key = keys[-1] and left[-1] % 2 == 0
        left[-1] -= 1
        major, number, offset = read_head(data, offset)
        if is_key and major not in (0, 1, 3):
            raise Refused("CBOR_MALFORMED", "a key that is neither integer nor text")
        if major in (2, 3):
            offset = read_string(data, major, number, offset)
        if major in (4, 5):
            if len(left) > MAX_DEPTH:
                raise Refused("CBOR_TOO_DEEP")
            left.append(number * 2 if major == 5 else number)
            keys.append(major == 5)
    if offset != len(data):
        raise Refused("TRAILING_BYTES")


def read_string(data, major, length, offset):
    end = offset + length
    if end > len(data):
        raise Refused("FILE_CUT_SHORT")
    if major == 3:
        try:
            text = data[offset:end].decode()
        except UnicodeDecodeError as error:
            raise Refused("CBOR_MALFORMED", "not UTF-8") from error
        if text.startswith("\ufeff"):
            raise Refused("CBOR_MALFORMED", "a byte order mark")
    return end


def read_head(data, offset):
    if offset >= len(data):
        raise Refused("FILE_CUT_SHORT")
    major, info = data[offset] >> 5, data[offset] & 31
    offset += 1
    if major == 6 or (major == 7 and info not in (20, 21, 22)):
        raise Refused("CBOR_MALFORMED", "a tag, float or other simple value")
    if major == 7 or info < 24:
        return major, info, offset
    if info == 31 and major >= 2:
        raise Refused("CBOR_NOT_DETERMINISTIC", "an indefinite length")
    if info > 27:
        raise Refused("CBOR_MALFORMED", "a reserved head")
    size = 1 << (info - 24)
    if offset + size > len(data):
        raise Refused("FILE_CUT_SHORT")
    number = int.from_bytes(data[offset : offset + size], "big")
    if number < (24 if size == 1 else 256 ** (size // 2)):
        raise Refused("CBOR_NOT_DETERMINISTIC", "a head longer than need be")
    if number > 2**53 - 1 - (major == 1):
        raise Refused("CBOR_MALFORMED", "a number past 2^53 - 1")
    return major, number, offset + size
