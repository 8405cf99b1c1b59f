"""
A device of the second implementation, against a running portal: request, report, deactivation over HTTP.

Usage: _loop.py PORT APP_HOST PORTAL_HOST LICENSE_KEY COUNTER USER_NAME USER_KEY. Prints what it was answered, as JSON.
"""

import base64
import http.client
import json
import os
import sys
import time

from cryptography.hazmat.primitives.asymmetric import ec

from _cbor import encode
from _claims import REGISTRY
from _hpke import mac, seal
from _keys import decode_cose_key, public_bytes, sha256, thumbprint
from _messages import PREFIX, create_device_message, files_of, seal_aad
from _users import normalized_name, user_lookup, user_proof
from _verify import Device

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REQUEST, REPORT, DEACTIVATION = 65201, 65202, 65203


def from_base64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Portal:
    def __init__(self, port, app_host, portal_host):
        self.port, self.app_host, self.portal_host = port, app_host, portal_host

    def call(self, host, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, {"Host": host})
        answer = connection.getresponse()
        data = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{method} {path}: {answer.status} {data!r}")
        return data

    def profile(self):
        return json.loads(self.call(self.app_host, "GET", "/profile"))

    def exchange(self, file):
        return self.call(self.portal_host, "POST", "/api/v1/exchange", file)


def multiply(a, b):
    """In GF(32), reduced by x^5 + x^2 + 1."""
    product = 0
    for bit in range(5):
        product ^= (a << bit) * (b >> bit & 1)
    for bit in range(8, 4, -1):
        product ^= (0b100101 << (bit - 5)) * (product >> bit & 1)
    return product


def canonical_key(text):
    key = text.upper().replace("-", "").replace(" ", "").translate(str.maketrans("OIL", "011"))
    for place in range(5):
        *data, check = (ALPHABET.index(char) for char in key[place * 5 : place * 5 + 5])
        expected = place * 7
        for weight, value in zip((2, 4, 8, 16), data):
            expected ^= multiply(weight, value)
        if check != expected:
            raise SystemExit(f"group {place + 1} of the license key is mistyped")
    return key


class LoopDevice(Device):
    """A device with a key of its own that makes files."""

    def __init__(self, portal):
        profile = portal.profile()
        trust = files_of(from_base64url(profile["trust"]))
        domain_id, root = from_base64url(profile["domainId"]), from_base64url(profile["root"])
        super().__init__(domain_id, root, profile["rootVersion"], trust)
        self.portal = portal
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.public = public_bytes(self.private)
        self.device_id = thumbprint(self.public)
        self.sequence = 0

    def common(self):
        self.sequence += 1
        request_id, now = os.urandom(16), int(time.time())
        self.request_ids.append(request_id)
        claims = {1: request_id, 6: now, 10: self.sequence, 11: now, 12: self.bundle[12]}
        return {**claims, 13: self.root_version, 18: self.public[1:]}

    def sealed(self, typ, claims):
        for key, value in claims.items():
            REGISTRY[key](value)
        message = create_device_message(typ, claims, self.private, self.domain_id)
        entry = next(entry for entry in self.bundle[61] if 6 not in entry)
        recipient = decode_cose_key(entry[1], "P-256")
        protected = encode({1: 35, 4: thumbprint(recipient)[:8], 16: typ})
        ek, ciphertext = seal(recipient, seal_aad(protected, self.domain_id), message)
        file = PREFIX + b"\xd0" + encode([protected, {-4: ek}, ciphertext])
        self.file_digests.append(sha256(file))
        return file

    def request(self, key):
        secret = sha256(b"latchkey-1 key", self.domain_id, canonical_key(key).encode())
        claims = self.common()
        proof = mac(secret, self.device_id, claims[1])[:16]
        names = {15: "second implementation", 16: "1.0", 17: "Python"}
        return self.sealed(REQUEST, {**claims, **names, 19: sha256(b"latchkey-1 lookup", secret)[:8], 20: proof})

    def request_as_user(self, name, user_key):
        claims, name = self.common(), normalized_name(name)
        proof = user_proof(user_key, self.device_id, claims[1])
        return self.sealed(REQUEST, {**claims, 21: user_lookup(self.domain_id, name), 22: proof})

    def of_activation(self, license_file, license, chain, totals):
        sequence, head = len(chain) - 1, chain[-1]
        heads = [[0, chain[0]]] if license.get(36) is None else [license[36]]
        claims = {3: license[3], 7: license[7], 8: license[8], 29: license_file}
        return {**self.common(), **claims, 27: [sequence, head, totals], 28: heads}

    def answer(self, file):
        """Sends a file and loads what comes back."""
        container = self.portal.exchange(file)
        (kind, claims), _ = self.load(container)
        return kind, claims, files_of(container)[-1], container


def consume(chain, counter, amount):
    entry = encode([len(chain), counter, 0, amount, os.urandom(8)])
    return [*chain, sha256(chain[-1], entry)]


def main():
    port, app_host, portal_host, key, counter, user, user_key = sys.argv[1:]
    device = LoopDevice(Portal(int(port), app_host, portal_host))
    said = {}

    request = device.request(key)
    kind, license, file, container = device.answer(request)
    said["request"] = kind
    said["repeated"] = device.portal.exchange(request) == container
    device.licenses = [(file, license)]

    chain = consume([sha256(b"latchkey-1 chain", license[7])], counter, 2)
    totals = [[counter, 2, 0]]
    kind, refreshed, file, _ = device.answer(
        device.sealed(REPORT, device.of_activation(file, license, chain, totals))
    )
    said["report"] = kind
    said["acknowledged"] = refreshed.get(36) == [1, chain[1]]
    said["revision rose"] = refreshed[8] > license[8]
    device.licenses = [(file, refreshed)]

    chain = consume(chain, counter, 3)
    claims = device.of_activation(file, refreshed, chain, [[counter, 5, 0]])
    device.ended[license[7]] = claims[1]
    kind, receipt, _, _ = device.answer(device.sealed(DEACTIVATION, claims))
    said["deactivation"] = kind
    said["final"] = receipt[27][:2] == [2, chain[2]]

    wrong = device.sealed(REQUEST, {**device.common(), 19: bytes(8), 20: bytes(16)})
    kind, refusal, _, _ = device.answer(wrong)
    said["wrong key"] = f"{kind} {refusal.get(50)}"
    device.licenses = []
    kind, licensed, _, _ = device.answer(device.request_as_user(user, bytes.fromhex(user_key)))
    said["user"] = kind
    kind, refusal, _, _ = device.answer(device.request_as_user(user, bytes(16)))
    said["wrong password"] = f"{kind} {refusal.get(50)}"
    broken = device.request(key)[:-1] + b"\0"
    device.file_digests.append(sha256(broken))
    kind, refusal, _, _ = device.answer(broken)
    said["changed on the way"] = f"{kind} {refusal.get(50)}"
    print(json.dumps({**said, "deviceId": device.device_id.hex(), "activationId": license[7].hex()}))


if __name__ == "__main__":
    main()
