"""Carriers, files and messages: FORMAT.md#carriers, #files, #compression, #container."""

import base64
import binascii
import re
import unicodedata
import zlib
from pathlib import Path

from _cbor import Refused, decode, encode, read_head
from _frames import read_frames
from _keys import sign_p256, verify

PREFIX = bytes.fromhex("d9d9f7")
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
ARMOR_START = re.compile(r"(?<![A-Za-z0-9+/])2dn3[A-Za-z0-9+/]{16}")
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
KINDS = {
    65201: "activation-request", 65202: "usage-report", 65203: "deactivation", 65211: "license",
    65212: "receipt", 65213: "refusal", 65221: "trust-bundle", 65222: "root-change",
}  # fmt: skip
DEVICE_KINDS = ("activation-request", "usage-report", "deactivation")


def dictionary():
    """Preset dictionary 1, as the specification prints it."""
    text = (Path(__file__).parents[2] / "FORMAT.md").read_text()
    block = text.split("<!-- dictionary -->")[1].split("<!-- /dictionary -->")[0]
    return bytes.fromhex("".join(re.findall(r"^[0-9a-f]+$", block, re.M)))


DICTIONARY = dictionary()


def read_carrier(data):
    if not data:
        raise Refused("FILE_EMPTY")
    binary = data if data[0] == 0xD9 else read_text(data)
    if len(binary) < 3 and PREFIX.startswith(binary):
        raise Refused("FILE_CUT_SHORT")
    if not binary.startswith(PREFIX):
        raise Refused("FILE_NOT_LATCHKEY")
    if len(binary) > (64 * 2**20 if is_container(binary) else 64 * 2**10):
        raise Refused("FILE_TOO_LARGE")
    return binary


def read_text(data):
    marks = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
    encoding = next((name for mark, name in marks if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise Refused("FILE_NOT_LATCHKEY") from error
    if has_armor(text):
        return read_armor(text)
    if text.lstrip().startswith("LK1F:"):
        return read_frames([read_frame(line) for line in text.splitlines() if line.strip()])
    line = re.sub(r"^\s+|[\t\r\n]", "", text)
    if not line:
        raise Refused("FILE_EMPTY")
    if not line.startswith("LK1:"):
        raise Refused("FILE_NOT_LATCHKEY")
    return read_base45(line[4:])


def has_armor(text):
    marks = re.search(r"(BEGIN|END)\s+LATCHKEY\s+FILE", text, re.I)
    return bool(marks or ARMOR_START.search(text))


def read_armor(text):
    text = unicodedata.normalize("NFKC", text).replace("&gt;", ">").replace("&nbsp;", " ")
    short = damaged = False
    for is_as_it_stands, body in armor_bodies(text):
        content, checksum = split_armor(body)
        data = read_base64(content)
        if data is not None and is_proven(data, checksum):
            return data
        if is_as_it_stands and is_short(content, checksum):
            short = True
        else:
            damaged = True
    raise Refused("CARRIER_DAMAGED" if damaged and not short else "TEXT_CUT_SHORT")


def armor_bodies(text):
    behind = re.split(r"BEGIN\s+LATCHKEY\s+FILE", text, flags=re.I)[1:9]
    start = ARMOR_START.search(text)
    if start:
        behind.append(re.split(r"BEGIN\s+LATCHKEY\s+FILE", text[start.start() :], flags=re.I)[0])
    for rest in behind:
        body = re.split(r"END\s+LATCHKEY\s+FILE", rest, maxsplit=1, flags=re.I)[0]
        body = re.sub(r"^[^A-Za-z0-9+/=]+", "", body)
        yield True, body
        lines = [line.lstrip(" \t\v\f>|").strip() for line in re.split(r"[\r\n\u2028\u2029]", body)]
        yield False, "".join(line for line in lines if re.fullmatch(r"[A-Za-z0-9+/=]+", line))
        if "=3D" in body:
            yield False, re.sub(r"=[ \t]*(\r\n|\r|\n)", "", body).replace("=3D", "=")


def split_armor(body):
    characters = re.sub(r"[\s>|\u00ad\u200b-\u200f\u2060]", "", body)
    characters = characters.rstrip("".join(sorted(set(characters) - set(BASE64 + "="))) or "\n")
    equals = re.search(r"=+", characters)
    if not equals:
        return characters, None
    checksum = characters[equals.end():][:4]
    if len(checksum) < 4:
        content = characters[: equals.start()]
        return content + "=" * (-len(content) % 4), None
    return characters[: equals.end() - 1], checksum


def read_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == text else None


def is_proven(data, checksum):
    if checksum is None:
        return is_whole(data)
    return read_base64(checksum) == crc24(data)


def is_short(content, checksum):
    return content == "" or (checksum is None and re.fullmatch(r"2dn3[A-Za-z0-9+/=]*", content))


def is_whole(data):
    try:
        decode(data[4:] if data[3:4] and data[3] >> 5 == 6 else data[3:])
    except Refused:
        return False
    return True


def crc24(data):
    crc = 0xB704CE
    for byte in data:
        crc ^= byte << 16
        for _ in range(8):
            crc = (crc << 1) ^ (0x1864CFB if crc & 0x800000 else 0)
    return (crc & 0xFFFFFF).to_bytes(3, "big")


def read_frame(line):
    if not line.startswith("LK1F:"):
        raise Refused("CARRIER_DAMAGED")
    return read_base45(line[5:])


def read_base45(text):
    data = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        if len(group) == 1 or any(char not in BASE45 for char in group):
            raise Refused("CARRIER_DAMAGED")
        value = sum(BASE45.index(char) * 45**place for place, char in enumerate(group))
        if value >= 256 ** (len(group) - 1):
            raise Refused("CARRIER_DAMAGED")
        data += value.to_bytes(len(group) - 1, "big")
    return bytes(data)


def is_container(binary):
    return len(binary) > 3 and binary[3] >> 5 == 4


def files_of(binary):
    """The files of an answer."""
    if not is_container(binary):
        return [binary]
    _, count, offset = read_head(binary, 3)
    if count == 0:
        raise Refused("FILE_EMPTY")
    files = []
    for _ in range(count):
        major, length, offset = read_head(binary, offset)
        if major != 2:
            raise Refused("CBOR_MALFORMED")
        if length > 64 * 2**10:
            raise Refused("FILE_TOO_LARGE")
        if offset + length > len(binary):
            raise Refused("FILE_CUT_SHORT")
        files.append(binary[offset : offset + length])
        offset += length
        if not files[-1].startswith(PREFIX) or is_container(files[-1]):
            raise Refused("FILE_NOT_LATCHKEY")
    if offset != len(binary):
        raise Refused("TRAILING_BYTES")
    return files


def require(condition, code="COSE_MALFORMED"):
    if not condition:
        raise Refused(code)


def read_message(message, tag, length):
    """Steps 2 of verifying: the array of a message that begins with its tag, and its header."""
    require(message[:1] == tag)
    array = decode(message[1:])
    require(isinstance(array, list) and len(array) == length)
    require(isinstance(array[0], bytes) and isinstance(array[1], dict))
    require(all(isinstance(item, bytes) for item in array[2:]))
    return array, read_header(array[0])


def read_header(data):
    header = decode(data)
    require(isinstance(header, dict))
    crit = header.get(2)
    if crit is not None:
        require(isinstance(crit, list) and crit and all(isinstance(label, (int, str)) for label in crit))
        for label in crit:
            require(label in (1, 2, 4, 16, "z"), "CRITICAL_UNKNOWN")
            require(label in header)
    require(type(header.get(1)) in (int, str))
    return header


def check_labels(header, has_kid):
    require(type(header.get(16)) is int and header[16] >= 0)
    require((4 in header) == has_kid)
    require(not has_kid or (isinstance(header[4], bytes) and len(header[4]) == 8))
    require("z" not in header or (type(header["z"]) is int and header["z"] >= 0))


def read_signed(message):
    """A COSE_Sign1: header, protected bytes, payload, signature."""
    (protected, unprotected, payload, signature), header = read_message(message, b"\xd2", 4)
    require(not unprotected, "UNPROTECTED_HEADER")
    require(header[1] in (-19, -9), "ALGORITHM_UNKNOWN")
    check_labels(header, has_kid=header[1] == -19)
    require(len(signature) == 64)
    return header, protected, payload, signature


def read_sealed(message):
    (protected, unprotected, ciphertext), header = read_message(message, b"\xd0", 3)
    require(header[1] == 35, "ALGORITHM_UNKNOWN")
    check_labels(header, has_kid=True)
    require(set(unprotected) <= {-4}, "UNPROTECTED_HEADER")
    ek = unprotected.get(-4)
    require("z" not in header and isinstance(ek, bytes) and len(ek) == 65)
    return header, protected, ek, ciphertext


def external_aad(domain_id):
    return encode(["latchkey-1", domain_id])


def verify_signed(key, signed, domain_id):
    _, protected, payload, signature = signed
    verify(key, signature, encode(["Signature1", protected, external_aad(domain_id), payload]))


def seal_aad(protected, domain_id):
    return encode(["Encrypt0", protected, external_aad(domain_id)])


def inflate(signed, limit):
    header, _, payload, _ = signed
    length = header.get("z")
    if length is None:
        require(len(payload) <= limit, "INFLATED_TOO_LARGE")
        return payload
    require(length <= limit, "INFLATED_TOO_LARGE")
    stream = zlib.decompressobj(-15, zdict=DICTIONARY)
    try:
        data = stream.decompress(payload, length + 1)
    except zlib.error as error:
        raise Refused("DEFLATE_MALFORMED") from error
    require(len(data) <= length, "INFLATED_LENGTH_WRONG")
    require(stream.eof, "DEFLATE_MALFORMED")
    require(len(data) == length, "INFLATED_LENGTH_WRONG")
    require(not stream.unused_data, "DEFLATE_TRAILING_BYTES")
    return data


def create_device_message(typ, claims, private, domain_id):
    """Signs claims as a device."""
    plain = encode(claims)
    stream = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, DICTIONARY)
    payload = stream.compress(plain) + stream.flush()
    protected = encode({1: -9, 16: typ, "z": len(plain)})
    signature = sign_p256(private, encode(["Signature1", protected, external_aad(domain_id), payload]))
    return b"\xd2" + encode([protected, {}, payload, signature])
