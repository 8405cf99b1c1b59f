"""What a device and a portal do with a file: FORMAT.md#verifying, #trust, #opening-a-device-file."""

from _cbor import Refused
from _claims import decode_claims
from _hpke import open_sealed
from _keys import decode_cose_key, thumbprint
from _messages import (
    DEVICE_KINDS,
    KINDS,
    files_of,
    inflate,
    is_container,
    read_carrier,
    read_sealed,
    read_signed,
    require,
    seal_aad,
    verify_signed,
)

SIGNED_LIMIT, DEVICE_LIMIT = 256 * 2**10, 16 * 2**10


def kind_of(header):
    require(header[16] in KINDS, "KIND_UNKNOWN")
    return KINDS[header[16]]


def read_file(file):
    """Steps 1 to 4 of verifying."""
    require(len(file) <= 64 * 2**10, "FILE_TOO_LARGE")
    require(len(file) > 3, "FILE_CUT_SHORT")
    require(not is_container(file), "KIND_UNEXPECTED")
    if file[3] == 0xD0:
        kind_of(read_sealed(file[3:])[0])
        raise Refused("KIND_UNEXPECTED")
    require(file[3] == 0xD2, "FILE_NOT_LATCHKEY")
    signed = read_signed(file[3:])
    kind = kind_of(signed[0])
    require(kind not in DEVICE_KINDS, "KIND_UNEXPECTED")
    require(signed[0][1] == -19, "ALGORITHM_UNKNOWN")
    return kind, signed


class Device:
    """A device with its trust and what it holds."""

    def __init__(self, domain_id, root, root_version, trust_files):
        self.domain_id, self.root, self.root_version = domain_id, root, root_version
        self.former_roots, self.bundle, self.bundle_root = [], None, None
        self.device_id, self.product = None, None
        self.request_ids, self.file_digests, self.licenses, self.ended = [], [], [], {}
        require(root_version > 1 or thumbprint(root) == domain_id, "ROOT_UNKNOWN")
        self.apply_trust([read_file(file) for file in trust_files])

    def load(self, data):
        """Verifies an answer; returns (kind, claims) or None, and whether the trust is new."""
        files = files_of(read_carrier(data))
        read = [(file, *read_file(file)) for file in files]
        answers = [entry for entry in read if entry[1] not in ("trust-bundle", "root-change")]
        require(len(answers) <= 1 or all(kind == "license" for _, kind, _ in answers), "KIND_UNEXPECTED")
        before = self.root, self.bundle
        self.apply_trust([(kind, signed) for _, kind, signed in read if kind in ("trust-bundle", "root-change")])
        is_news = before != (self.root, self.bundle)
        if not answers:
            return None, is_news
        verified = [(file, kind, self.verify_issued(kind, signed)) for file, kind, signed in answers]
        self.check_together([claims for _, _, claims in verified])
        accepted, passed_over = [], []
        for file, kind, claims in verified:
            try:
                getattr(self, f"accept_{kind}")(claims, file)
                accepted.append((kind, claims))
            except Refused as refused:
                if refused.code not in ("REVISION_OLD", "ACTIVATION_ENDED"):
                    raise
                passed_over.append(refused)
        if not accepted:
            raise passed_over[0]
        return accepted[0], is_news

    def check_together(self, claims):
        """Several licenses name one request, and each another license."""
        for place, license in enumerate(claims[1:], 1):
            require(1 in license and license[1] == claims[0].get(1), "KIND_UNEXPECTED")
            require(license[3] not in [before[3] for before in claims[:place]], "KIND_UNEXPECTED")

    def apply_trust(self, files):
        changes = [self.read_change(signed) for kind, signed in files if kind == "root-change"]
        for change in sorted(changes, key=lambda change: change["number"]):
            self.apply_change(**change)
        for kind, signed in files:
            if kind == "trust-bundle":
                self.apply_bundle(signed)

    def read_change(self, outer):
        inner = read_signed(outer[2])
        require(inner[0][16] == outer[0][16], "KIND_MISMATCH")
        require(inner[0][1] == -19, "ALGORITHM_UNKNOWN")
        require("z" not in outer[0] and "z" not in inner[0])
        claims = decode_claims("root-change", inner[2])
        return {"number": claims[13], "outer": outer, "inner": inner, "claims": claims}

    def apply_change(self, number, outer, inner, claims):
        if number <= self.root_version:
            return
        require(number == self.root_version + 1, "ROOT_CHANGE_GAP")
        require(outer[0][4] == thumbprint(self.root)[:8], "ROOT_UNKNOWN")
        verify_signed(self.root, outer, self.domain_id)
        new_root = decode_cose_key(claims[63], "Ed25519")
        require(inner[0][4] == thumbprint(new_root)[:8], "ROOT_UNKNOWN")
        verify_signed(new_root, inner, self.domain_id)
        self.former_roots.append(self.root)
        self.root, self.root_version = new_root, number

    def apply_bundle(self, signed):
        kid = signed[0][4]
        if any(kid == thumbprint(root)[:8] for root in self.former_roots):
            return
        require(kid == thumbprint(self.root)[:8], "ROOT_UNKNOWN")
        verify_signed(self.root, signed, self.domain_id)
        claims = decode_claims("trust-bundle", inflate(signed, SIGNED_LIMIT))
        if self.bundle_root != self.root or claims[12] > self.bundle[12]:
            self.bundle, self.bundle_root = claims, self.root

    def verify_issued(self, kind, signed):
        """Steps 5 to 8 of verifying."""
        kid = signed[0][4]
        keys = [(decode_cose_key(entry[1], "Ed25519"), entry) for entry in self.bundle[60]]
        found = [(key, entry) for key, entry in keys if thumbprint(key)[:8] == kid]
        require(found, "ISSUER_UNKNOWN")
        key, entry = found[0]
        require(entry.get(6) != 2, "ISSUER_KEY_COMPROMISED")
        require(2 not in entry or signed[0][16] in entry[2], "ISSUER_KEY_NOT_FOR_KIND")
        verify_signed(key, signed, self.domain_id)
        claims = decode_claims(kind, inflate(signed, SIGNED_LIMIT))
        until = entry.get(5, self.bundle[6] if entry.get(6) == 1 else claims[6])
        require(entry[4] <= claims[6] <= until, "ISSUER_KEY_NOT_VALID_THEN")
        require(3 not in entry or 9 not in claims or claims[9] in entry[3], "ISSUER_KEY_NOT_FOR_PRODUCT")
        require(2 not in claims or claims[2] == self.device_id, "DEVICE_MISMATCH")
        require(kind != "license" or self.product in (None, claims[9]), "PRODUCT_MISMATCH")
        return claims

    def accept_license(self, claims, file):
        require(claims[7] not in self.ended, "ACTIVATION_ENDED")
        if file in [installed for installed, _ in self.licenses]:
            return
        held = [license for _, license in self.licenses if license[3] == claims[3]]
        for license in held:
            newer = claims[8] > license[8] if license[7] == claims[7] else claims[6] >= license[6]
            require(newer, "REVISION_OLD")
        is_ours = claims[1] in self.request_ids if 1 in claims else any(l[7] == claims[7] for l in held)
        require(is_ours, "REQUEST_UNKNOWN")

    def accept_receipt(self, claims, _file):
        require(self.ended.get(claims[7]) == claims[1], "REQUEST_UNKNOWN")

    def accept_refusal(self, claims, _file):
        is_ours = claims.get(1) in self.request_ids or claims.get(52) in self.file_digests
        require(is_ours, "REQUEST_UNKNOWN")


def open_device_file(data, sealing_keys, domain_id):
    """At a portal; sealing_keys maps kids to private keys. Returns (kind, claims)."""
    file = read_carrier(data)
    require(len(file) <= 8 * 2**10, "FILE_TOO_LARGE")
    require(not is_container(file) and file[3:4] != b"\xd2", "KIND_UNEXPECTED")
    require(file[3:4] == b"\xd0", "FILE_NOT_LATCHKEY")
    header, protected, ek, ciphertext = read_sealed(file[3:])
    kind = kind_of(header)
    require(kind in DEVICE_KINDS, "KIND_UNEXPECTED")
    require(header[4] in sealing_keys, "SEAL_KEY_UNKNOWN")
    message = open_sealed(sealing_keys[header[4]], ek, seal_aad(protected, domain_id), ciphertext)
    signed = read_signed(message)
    require(signed[0][16] == header[16], "KIND_MISMATCH")
    require(signed[0][1] == -9, "ALGORITHM_UNKNOWN")
    claims = decode_claims(kind, inflate(signed, DEVICE_LIMIT))
    verify_signed(b"\x04" + claims[18], signed, domain_id)
    return kind, claims
