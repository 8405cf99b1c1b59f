import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { expect } from '@open-wc/testing';
import { type Bytes, concatBytes, utf8 } from '../../../src/bytes/bytes.ts';
import { fromHex, toHex } from '../../../src/bytes/hex.ts';
import type { Signed } from '../../../src/crypto/crypto.ts';
import { loadBuild } from '../../../src/crypto/ed25519/build.ts';
import { verifyInWorker } from '../../../src/crypto/ed25519/worker-list.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { testIssuer } from '../../support/keys.ts';

const { Point } = ed25519;
const L = Point.Fn.ORDER;
const { signer, publicKey } = testIssuer(1);

async function signedList(length: number): Promise<Signed[]> {
  const list: Signed[] = [];
  for (let index = 0; index < length; index += 1) {
    const message = utf8(`message ${index}`);
    list.push({ message, signature: await signer.sign(message) });
  }
  return list;
}

/** The same list with other messages at some places. */
function withBad(list: readonly Signed[], isBad: (index: number) => boolean): Signed[] {
  return list.map((signed, index) => (isBad(index) ? { ...signed, message: utf8('another') } : signed));
}

describe('webCrypto() choosing who verifies', () => {
  it('answers with WebCrypto first, and with WebAssembly once keys are prepared', async () => {
    const crypto = webCrypto();
    expect(crypto.engine).to.equal(null);
    const [signed] = await signedList(1);
    if (!signed) throw new Error('expected a signature');
    const verify = (key: Bytes) => crypto.verifyEd25519(key, signed.signature, signed.message);
    expect(await verify(publicKey)).to.equal(true);
    expect(crypto.engine).to.equal('webcrypto');
    await crypto.prepare([publicKey]);
    expect(await verify(publicKey)).to.equal(true);
    expect(crypto.engine).to.match(/^wasm-(fma|simd)$/);
    // Another key has no tables, and is verified without.
    expect(await verify(testIssuer(2).publicKey)).to.equal(false);
    expect(crypto.engine).to.match(/^wasm-(fma|simd)$/);
  });

  it('prepares no key that is refused, and refuses it whoever verifies', async () => {
    const crypto = webCrypto();
    const identity = fromHex(`01${'00'.repeat(31)}`);
    await crypto.prepare([identity, publicKey]);
    const verify = () => crypto.verifyEd25519(identity, new Uint8Array(64), utf8(''));
    expect(await codeOfAsync(verify)).to.equal('KEY_SMALL_ORDER');
  });

  it('takes messages of any length', async () => {
    const crypto = webCrypto();
    await crypto.prepare([publicKey]);
    const message = new Uint8Array(200_000);
    expect(await crypto.verifyEd25519(publicKey, await signer.sign(message), message)).to.equal(true);
  });

  for (const backend of ['webcrypto', 'wasm-fma', 'wasm-simd', 'noble', 'auto'] as const) {
    it(`answers for each of a list: ${backend}`, async () => {
      const crypto = webCrypto({ ed25519: backend });
      const list = withBad(await signedList(70), index => index % 9 === 4);
      const expected = list.map((_, index) => index % 9 !== 4);
      expect(await crypto.verifyList(publicKey, list)).to.deep.equal(expected);
      await crypto.prepare([publicKey]);
      expect(await crypto.verifyList(publicKey, list)).to.deep.equal(expected);
      expect(await crypto.verifyList(publicKey, [])).to.deep.equal([]);
    });
  }

  it('answers for a long list, in a worker', async () => {
    const crypto = webCrypto();
    await crypto.prepare([publicKey]);
    const some = withBad(await signedList(100), index => index === 60);
    const list = Array.from({ length: 7 }, () => some).flat();
    const expected = list.map((_, index) => index % 100 !== 60);
    const build = await loadBuild();
    if (!build) throw new Error('expected a build');
    const { module } = build;
    expect(await verifyInWorker({ module, publicKey, list })).to.deep.equal(expected);
    expect(await crypto.verifyList(publicKey, list)).to.deep.equal(expected);
    // A worker that refuses the key answers nothing, and the caller verifies.
    expect(await verifyInWorker({ module, publicKey: new Uint8Array(32), list })).to.equal(null);
  });

  it('gets WebAssembly ready by itself when there are many', async () => {
    const crypto = webCrypto();
    const list = withBad(await signedList(100), index => index === 60);
    const expected = list.map((_, index) => index !== 60);
    for (let round = 0; round < 20 && crypto.engine !== 'wasm-fma'; round += 1) {
      expect(await crypto.verifyList(publicKey, list)).to.deep.equal(expected);
      if (round > 0) await new Promise(resolve => setTimeout(resolve, 50));
    }
    expect(crypto.engine).to.equal('wasm-fma');
  });

  it('answers for thousands, one after the other, as for the first', async () => {
    const crypto = webCrypto();
    const other = testIssuer(2).publicKey;
    await crypto.prepare([publicKey]);
    const list = withBad(await signedList(40), index => index === 9);
    for (let round = 0; round < 60; round += 1) {
      expect(await crypto.verifyList(publicKey, list)).to.deep.equal(list.map((_, index) => index !== 9));
      expect((await crypto.verifyList(other, list)).some(Boolean)).to.equal(false);
    }
  });
});

describe('loadBuild()', () => {
  it('finds the build that this browser runs', async () => {
    expect((await loadBuild())?.engine).to.equal('wasm-fma');
    expect((await loadBuild(['simd']))?.engine).to.equal('wasm-simd');
  });

  const { fetch } = globalThis;
  const { compile } = WebAssembly;
  afterEach(() => {
    globalThis.fetch = fetch;
    WebAssembly.compile = compile;
  });

  /** Puts something between the files and whoever asks for them. */
  function answerWith(change: (file: Bytes) => Response | Promise<Response>): void {
    globalThis.fetch = async (...asked) =>
      change(new Uint8Array(await (await fetch(...asked)).arrayBuffer()));
  }

  it('takes a file whose type the server does not know', async () => {
    answerWith(file => new Response(file, { headers: { 'content-type': 'text/plain' } }));
    expect((await loadBuild())?.engine).to.equal('wasm-fma');
  });

  const hindrances: Readonly<Record<string, () => void>> = {
    'compiling is forbidden': () => {
      WebAssembly.compile = () => Promise.reject(new WebAssembly.CompileError('forbidden'));
    },
    'the file is not there': () => answerWith(() => new Response('Not found', { status: 404 })),
    'the file is cut short': () => answerWith(file => new Response(file.slice(0, file.length / 2))),
    'the file is empty': () => answerWith(() => new Response()),
    'a sign-in page comes instead': () =>
      answerWith(() => new Response('<!doctype html><title>Wi-Fi</title>')),
    'there is no network': () => answerWith(() => Promise.reject(new TypeError('Failed to fetch'))),
  };
  for (const [what, hinder] of Object.entries(hindrances)) {
    it(`gives null where ${what}, and signatures are verified without`, async () => {
      hinder();
      expect(await loadBuild()).to.equal(null);
      expect(await codeOfAsync(() => webCrypto({ ed25519: 'wasm-fma' }).verifyList(publicKey, []))).to.equal(
        'CRYPTO_MISSING',
      );
      const crypto = webCrypto();
      await crypto.prepare([publicKey]);
      const list = withBad(await signedList(2), index => index === 1);
      expect(await crypto.verifyList(publicKey, list)).to.deep.equal([true, false]);
      expect(crypto.engine).to.equal('webcrypto');
    });
  }
});

describe('webCrypto() in a browser without Ed25519', () => {
  const { instantiate } = WebAssembly;
  const { importKey } = SubtleCrypto.prototype;
  beforeEach(() => {
    SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'));
  });
  afterEach(() => {
    WebAssembly.instantiate = instantiate;
    SubtleCrypto.prototype.importKey = importKey;
  });

  it('verifies in JavaScript while there is no memory for WebAssembly, and by that as soon as there is', async () => {
    const crypto = webCrypto();
    const list = withBad(await signedList(2), index => index === 1);
    Reflect.set(WebAssembly, 'instantiate', () => Promise.reject(new RangeError('out of memory')));
    expect(await crypto.verifyList(publicKey, list)).to.deep.equal([true, false]);
    expect(crypto.engine).to.equal('noble');
    WebAssembly.instantiate = instantiate;
    expect(await crypto.verifyList(publicKey, list)).to.deep.equal([true, false]);
    expect(crypto.engine).to.match(/^wasm-/);
  });
});

/**
 * Where backends differ, and why. A key or an R with a part of small order comes from no honest signer. WebCrypto and
 * WebAssembly compare R with [S]B - [k]A exactly; noble multiplies both sides by 8 first, even with `zip215: false`,
 * so that such parts vanish. `exact` and `noble` are the answers, `partOfA` and `partOfR` multiples of a point of
 * order 8; the messages make k odd, so that [k] of the part of A stays.
 */
const torsionCases = [
  { partOfA: 0, partOfR: 0, exact: true, noble: true },
  { partOfA: 0, partOfR: 4, exact: false, noble: true },
  { partOfA: 0, partOfR: 2, exact: false, noble: true },
  { partOfA: 0, partOfR: 1, exact: false, noble: true },
  { partOfA: 4, partOfR: 0, exact: false, noble: true },
  { partOfA: 2, partOfR: 0, exact: false, noble: true },
  { partOfA: 1, partOfR: 0, exact: false, noble: true },
  { partOfA: 4, partOfR: 4, exact: true, noble: true },
];

describe('keys and signatures with a part of small order', () => {
  const order8 = ED25519_TORSION_SUBGROUP.map(hex => Point.fromHex(hex)).find(
    point => !point.multiplyUnsafe(4n).is0(),
  );
  for (const { partOfA, partOfR, exact, noble } of torsionCases) {
    it(`are answered as the table says: [${partOfA}] in A, [${partOfR}] in R`, async () => {
      if (!order8) throw new Error('expected a point of order 8');
      const { key, signed } = forge(
        order8.multiplyUnsafe(BigInt(partOfA)),
        order8.multiplyUnsafe(BigInt(partOfR)),
      );
      for (const [backend, expected] of [
        ['webcrypto', exact],
        ['wasm-fma', exact],
        ['wasm-simd', exact],
        ['noble', noble],
      ] as const) {
        const answer = await webCrypto({ ed25519: backend }).verifyEd25519(
          key,
          signed.signature,
          signed.message,
        );
        expect(answer, backend).to.equal(expected);
      }
    });
  }
});

/** A signature by scalars that are known, under a key that is not quite theirs, with an odd k. */
function forge(partOfA: InstanceType<typeof Point>, partOfR: InstanceType<typeof Point>) {
  const [a, r] = [123456789n, 987654321n];
  const key = fromHex(Point.BASE.multiply(a).add(partOfA).toHex());
  const R = fromHex(Point.BASE.multiply(r).add(partOfR).toHex());
  for (let attempt = 0; ; attempt += 1) {
    const message = utf8(`attempt ${attempt}`);
    const k = littleEndian(sha512(concatBytes(R, key, message))) % L;
    if (k % 2n === 0n) continue;
    const s = (r + k * a) % L;
    return { key, signed: { message, signature: concatBytes(R, fromHex(reversed(s))) } };
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes.slice().reverse())}`);
}

function reversed(value: bigint): string {
  return (value.toString(16).padStart(64, '0').match(/../g) ?? []).reverse().join('');
}
