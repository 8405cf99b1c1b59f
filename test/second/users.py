"""Comes to the values of test/vectors/credentials/users.json, all but Argon2id."""

import json
import sys
from pathlib import Path

from _users import fingerprint_key, normalized_name, stored_key, user_lookup, user_proof, user_secret


def main():
    path = Path(__file__).parents[1] / "vectors" / "credentials" / "users.json"
    vectors = json.loads(path.read_text())
    domain_id, device_id, request_id = (
        bytes.fromhex(vectors[name]) for name in ("domainId", "deviceId", "requestId")
    )
    passed, failed = 0, 0
    for test in vectors["tests"]:
        name, user_key = normalized_name(test["user"]), bytes.fromhex(test["userKey"])
        got = {
            "normalizedName": name,
            "salt": user_secret(domain_id, name)[:16].hex(),
            "userLookup": user_lookup(domain_id, name).hex(),
            "storedKey": stored_key(user_key).hex(),
            "userProof": user_proof(user_key, device_id, request_id).hex(),
            "fingerprintKey": fingerprint_key(domain_id, name).hex(),
        }
        wrong = [key for key, value in got.items() if test[key] != value]
        if not wrong:
            passed += 1
            continue
        failed += 1
        print(f"FAILED users.json: {test['about']}: {', '.join(wrong)}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
