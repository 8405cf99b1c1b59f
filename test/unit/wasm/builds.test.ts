import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { randomBytes } from '../../../src/crypto/platform.ts';
import type { Checks } from '../../support/wasm/check.ts';
import { fieldChecks } from '../../support/wasm/field-checks.ts';
import { type Build, builds, probeOn } from '../../support/wasm/probe.ts';
import { scalarChecks } from '../../support/wasm/scalar-checks.ts';
import { type Other, verifierChecks } from '../../support/wasm/verifier-checks.ts';

/** Engines compile the same bytes in their own way: what test/wasm asks of Node's is asked of each browser's here. */
const noble: Other = {
  newKeyPair() {
    const secretKey = randomBytes(32);
    return {
      publicKey: new Uint8Array(ed25519.getPublicKey(secretKey)),
      sign: message => new Uint8Array(ed25519.sign(message, secretKey)),
    };
  },
  verifies: (publicKey, { signature, message }) =>
    ed25519.verify(signature, message, publicKey, { zip215: false }),
};

/** The build as it is shipped, and its parts as the server of the tests compiles them. */
const moduleOf = (address: string) => WebAssembly.compileStreaming(fetch(address));
const shipped = (build: Build) =>
  moduleOf(new URL(`../../../wasm/build/${build}.wasm`, import.meta.url).href);
const probeOf = async (build: Build) => probeOn(await moduleOf(`/wasm-probe/${build}.wasm`));

function define(what: string, checks: Checks): void {
  describe(what, () => {
    for (const [name, check] of Object.entries(checks)) {
      it(name, async function () {
        this.timeout(300_000);
        await check();
      });
    }
  });
}

for (const build of builds) {
  define(`the ${build} build`, verifierChecks(build, await shipped(build), noble));
  define(`the field of the ${build} build`, fieldChecks(build, await probeOf(build)));
}

define('scalar.ts and sha512.ts', scalarChecks(await probeOf('scalar'), sha512));
