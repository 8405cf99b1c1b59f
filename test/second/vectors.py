"""Reads every vector in test/vectors with an implementation that shares no code with src/."""

import base64
import json
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from _cbor import Refused, encode
from _keys import public_bytes, thumbprint
from _verify import Device, open_device_file, read_file


def from_base64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hexes(values):
    return [bytes.fromhex(value) for value in values]


def device_of(vectors):
    given = vectors["device"]
    trust_files = [from_base64url(file) for file in given["trustFiles"]]
    root, domain_id = bytes.fromhex(given["root"]), bytes.fromhex(vectors["domainId"])
    device = Device(domain_id, root, given["rootVersion"], trust_files)
    device.device_id, device.product = bytes.fromhex(given["deviceId"]), given["product"]
    device.request_ids, device.file_digests = hexes(given["requestIds"]), hexes(given["fileDigests"])
    for ended in given["ended"]:
        device.ended[bytes.fromhex(ended["activationId"])] = bytes.fromhex(ended["requestId"])
    for file in map(from_base64url, given["licenses"]):
        device.licenses.append((file, device.verify_issued(*read_file(file))))
    return device


def read_by_device(vectors, file):
    answer, is_news = device_of(vectors).load(file)
    return ("success" if answer or is_news else "skipped"), (answer or (None, None))[1]


def read_by_portal(vectors, file):
    sealing_keys = {}
    for name in vectors["portal"]["sealingKeys"]:
        private = ec.derive_private_key(int(vectors["keys"][name]["private"], 16), ec.SECP256R1())
        sealing_keys[thumbprint(public_bytes(private))[:8]] = private
    _, claims = open_device_file(file, sealing_keys, bytes.fromhex(vectors["domainId"]))
    return "success", claims


def outcome(vectors, test):
    read = read_by_device if vectors["reader"] == "device" else read_by_portal
    try:
        result, claims = read(vectors, from_base64url(test["file"]))
    except Refused as refused:
        return refused.code
    if claims and "claims" in test and encode(claims).hex() != test["claims"]["cbor"]:
        return "other claims"
    return result


def main():
    passed, failed = 0, 0
    for path in sorted((Path(__file__).parents[1] / "vectors").glob("*.json")):
        if path.name.endswith(".schema.json"):
            continue
        vectors = json.loads(path.read_text())
        for test in vectors["tests"]:
            got = outcome(vectors, test)
            if got == test["expect"]:
                passed += 1
                continue
            failed += 1
            print(f"FAILED {path.name}: {test['name']}: expected {test['expect']}, got {got}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
