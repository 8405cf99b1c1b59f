import { expect } from '@open-wc/testing';
import { utf8 } from '../../../src/bytes/bytes.ts';
import { fromHex, toHex } from '../../../src/bytes/hex.ts';
import { hashOnThisThread } from '../../../src/crypto/argon2/hash.ts';
import { nobleArgon2id } from '../../../src/crypto/argon2/noble.ts';
import { wasmArgon2id } from '../../../src/crypto/argon2/wasm.ts';
import { webCrypto } from '../../../src/crypto/web.ts';

interface UserVectors {
  tests: { password: string; salt: string; userKey: string }[];
}

const path = new URL('../../vectors/credentials/users.json', import.meta.url);
const { tests }: UserVectors = await (await fetch(path)).json();

const engines = {
  'webCrypto().argon2id(), in a worker': webCrypto().argon2id,
  'wasmArgon2id()': wasmArgon2id,
  'nobleArgon2id()': async (...input: Parameters<typeof nobleArgon2id>) => nobleArgon2id(...input),
};

for (const [name, argon2id] of Object.entries(engines)) {
  describe(name, () => {
    it('comes to what OpenSSL made of the passwords of the vectors', async function () {
      // A second each in JavaScript, and many on a busy machine: three do, the other vectors are about names and forms.
      this.timeout(600_000);
      expect(tests.length).to.be.above(2);
      for (const { password, salt, userKey } of tests.slice(0, 3)) {
        const hash = await argon2id(utf8(password.normalize('NFC')), fromHex(salt));
        expect(toHex(hash)).to.equal(userKey);
      }
    });
  });
}

describe('webCrypto().argon2id()', () => {
  const [{ password, salt, userKey } = { password: '', salt: '', userKey: '' }] = tests;
  const hash = async () => toHex(await webCrypto().argon2id(utf8(password), fromHex(salt)));

  it('lets the page draw while it hashes', async () => {
    let frames = 0;
    let isOver = false;
    const draw = () => {
      frames += 1;
      if (!isOver) requestAnimationFrame(draw);
    };
    draw();
    expect(await hash()).to.equal(userKey);
    isOver = true;
    expect(frames).to.be.above(3);
  });

  it('hashes on the page where no worker starts', async () => {
    const { Worker } = window;
    Reflect.set(window, 'Worker', undefined);
    try {
      expect(await hash()).to.equal(userKey);
    } finally {
      window.Worker = Worker;
    }
  });

  it('hashes without WebAssembly where that is forbidden', async () => {
    const { compile, instantiate } = WebAssembly;
    const forbidden = () => Promise.reject(new WebAssembly.CompileError('forbidden by the page'));
    WebAssembly.compile = forbidden;
    WebAssembly.instantiate = forbidden;
    try {
      expect(toHex(await hashOnThisThread(utf8(password), fromHex(salt)))).to.equal(userKey);
    } finally {
      Object.assign(WebAssembly, { compile, instantiate });
    }
  });
});
