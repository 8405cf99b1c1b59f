"""Animated QR: FORMAT.md#animated-qr."""

import hashlib

from _cbor import Refused


def read_frames(frames):
    """The file that frames (head and block each) determine."""
    cut, equations = None, {}
    for frame in frames:
        if len(frame) <= 12:
            raise Refused("CARRIER_DAMAGED", "too short")
        head, block = frame[:12], int.from_bytes(frame[12:], "big")
        length, count, number = int.from_bytes(head[4:7], "big"), head[7] + 1, int.from_bytes(head[8:], "big")
        if not 1 <= length <= 65536 or count > length or len(frame) - 12 != -(-length // count):
            raise Refused("CARRIER_DAMAGED", "another length")
        if cut != head[:8]:
            cut, equations = head[:8], {}
        chosen = {number % count}
        if number >= count:
            bits = f"{int.from_bytes(hashlib.sha256(head).digest(), 'big'):0256b}"
            chosen |= {index for index in range(count) if bits[index] == "1"}
        learn(equations, chosen, block)
    if len(equations) < count:
        raise Refused("FILE_CUT_SHORT", f"{len(equations)} of {count} frames")
    blocks = solve(equations)
    size = -(-length // count)
    data = b"".join(blocks[index].to_bytes(size, "big") for index in range(count))[:length]
    if hashlib.sha256(data).digest()[:4] != cut[:4]:
        raise Refused("CARRIER_DAMAGED", "the check")
    return data


def learn(equations, chosen, block):
    while chosen and max(chosen) in equations:
        other, other_block = equations[max(chosen)]
        chosen, block = chosen ^ other, block ^ other_block
    if chosen:
        equations[max(chosen)] = (chosen, block)


def solve(equations):
    blocks = {}
    for top in sorted(equations):
        chosen, block = equations[top]
        for index in chosen - {top}:
            block ^= blocks[index]
        blocks[top] = block
    return blocks
