import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { toBase64url } from '../../../src/bytes/base64url.ts';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { fromHex } from '../../../src/bytes/hex.ts';
import '../../../src/console/refresh/lk-refresh-choice.ts';
import { checkRefresh } from '../../../src/console/refresh/checked-refresh.ts';
import type { LkRefreshChoice } from '../../../src/console/refresh/lk-refresh-choice.ts';
import { makeRefreshFiles, namedFiles } from '../../../src/console/refresh/make-refresh-files.ts';
import type { Ed25519Backend } from '../../../src/crypto/ed25519/choice.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import { AnswerReader } from '../../../src/platform/answer-reader.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { testIssuer } from '../../support/keys.ts';
import { licenseAnswer, loadTestTrust, receiptAnswer, refusalAnswer } from '../../support/portal-files.ts';
import { refreshFileOf } from './fake/refresh.ts';
import { FakeServer } from './fake-server.ts';
import { deep, deepAll, deepText, mount, patience, press, settled, shows } from './mount.ts';
import { idOf, press7 } from './samples.ts';

/** What a server could send that is no refresh file for the device. */
const bad: Readonly<Record<string, (number: number) => Promise<Bytes>>> = {
  'of another issuer': number => refresh(number, testIssuer(9)),
  'of another activation': number => refresh(number + 1),
  'a receipt': number => receiptAnswer(number),
  'a refusal': number => refusalAnswer(number, 'NO_SEATS_LEFT'),
  'cut short': async number => (await refresh(number)).slice(0, -1),
  'a web page': async () => new TextEncoder().encode('<!doctype html>'),
};

describe('checkRefresh()', () => {
  for (const ed25519 of ['webcrypto', 'wasm-fma', 'wasm-simd', 'noble', 'auto'] as const) {
    it(`verifies many as one list, whatever place the one has that is bad: ${ed25519}`, async () => {
      const answers = readerWith(ed25519);
      const good = await Promise.all(Array.from({ length: 5 }, (_, number) => refresh(number)));
      for (const [name, make] of Object.entries(bad)) {
        for (const place of good.keys()) {
          const spoiled = await make(place);
          const files = good.map((file, number) => (number === place ? spoiled : file));
          const codes = await Promise.all(
            files.map((file, number) => codeOfAsync(() => checkRefresh(file, idOf(number), answers))),
          );
          const expected = good.map((_, number) => (number === place ? 'REFRESH_NOT_VERIFIED' : null));
          expect(codes, name).to.deep.equal(expected);
        }
      }
      if (ed25519 !== 'auto') expect(answers.engine).to.equal(ed25519);
    });
  }

  it('says how the license stands, and that the server is away when it does not say whom to believe', async () => {
    const file = await licenseAnswer(1, { activationId: fromHex(idOf(1)), licenseState: 'blocked' });
    expect(await checkRefresh(file, idOf(1), readerWith('auto'))).to.include({ licenseState: 'blocked' });
    const answers = new AnswerReader({
      crypto: webCrypto(),
      loadTrust: async () => Promise.reject(new TypeError('no network')),
      unreachable: 'SERVER_UNREACHABLE',
    });
    expect(await codeOfAsync(() => checkRefresh(file, idOf(1), answers))).to.equal('SERVER_UNREACHABLE');
  });
});

describe('makeRefreshFiles()', () => {
  const targets = Array.from({ length: 120 }, (_, number) => ({
    activationId: idOf(number),
    deviceName: 'Press',
    deviceNumber: '4829 1307 7506',
  }));
  const file = async (activationId: string) => ({
    activationId,
    file: toBase64url(await licenseAnswer(1, { activationId: fromHex(activationId) })),
  });

  it('asks in groups, verifies all as one list, and names each file apart', async () => {
    const groups: number[] = [];
    const progress: number[] = [];
    const reads: number[] = [];
    const answers = readerWith('auto');
    const outcomes = await makeRefreshFiles(targets, {
      make: async ids => {
        groups.push(ids.length);
        return { items: await Promise.all(ids.map(file)) };
      },
      answers: {
        read: bytes => {
          reads.push(groups.length);
          return answers.read(bytes);
        },
      },
      onProgress: done => progress.push(done),
    });
    expect(groups).to.deep.equal([50, 50, 20]);
    expect(progress).to.deep.equal([50, 100, 120]);
    expect(reads).to.deep.equal(targets.map(() => 3));
    const names = namedFiles(outcomes).map(({ name }) => name);
    expect(new Set(names).size).to.equal(120);
    expect(names.slice(0, 2)).to.deep.equal([
      'refresh-press-4829-1307-7506.lic',
      'refresh-press-4829-1307-7506-2.lic',
    ]);
  });

  it('goes on with the other groups and devices when one fails', async () => {
    const outcomes = await makeRefreshFiles(targets, {
      make: async ids => {
        if (ids.includes(idOf(60))) throw new LatchkeyError('SERVER_UNREACHABLE', 'no network');
        const items = await Promise.all(ids.map(file));
        return { items: items.map(each => (each.activationId === idOf(3) ? wrong(each) : each)).slice(1) };
      },
      answers: readerWith('auto'),
      onProgress: () => {},
    });
    const codes = outcomes.map(outcome => ('code' in outcome ? outcome.code : 'file'));
    expect(codes.filter(code => code === 'file')).to.have.length(67);
    expect([codes[0], codes[3], codes[60], codes[101]]).to.deep.equal([
      'SERVER_FAILED',
      'REFRESH_NOT_VERIFIED',
      'SERVER_UNREACHABLE',
      'file',
    ]);
    expect(namedFiles(outcomes)).to.have.length(67);
  });
});

describe('<lk-refresh-choice> with <lk-refresh-save>', () => {
  const press8 = { ...press7, activationId: idOf(91), name: 'Press 8', deviceNumber: '9651 1183 9751' };
  const targets = [press7, press8].map(({ activationId, name: deviceName, deviceNumber }) => ({
    activationId: activationId ?? '',
    deviceName,
    deviceNumber,
  }));
  const pickFolder: unknown = Reflect.get(window, 'showDirectoryPicker');
  let server: FakeServer;
  let stick: FileSystemDirectoryHandle;

  beforeEach(async () => {
    server = new FakeServer();
    server.devices = [press7, press8];
    const root = await navigator.storage.getDirectory();
    await root.removeEntry('stick-of-refresh', { recursive: true }).catch(() => {});
    stick = await root.getDirectoryHandle('stick-of-refresh', { create: true });
    Object.assign(window, { showDirectoryPicker: async () => stick });
  });
  afterEach(() => Object.assign(window, { showDirectoryPicker: pickFolder }));

  const open = () =>
    mount<LkRefreshChoice>(html`<lk-refresh-choice .targets=${targets}></lk-refresh-choice>`, server);

  async function onStick(): Promise<string[]> {
    const names: string[] = [];
    const vendor = await stick.getDirectoryHandle('Acme license files');
    const folder = await vendor.getDirectoryHandle('to-device');
    for await (const name of folder.keys()) names.push(name);
    return names.sort();
  }

  it('writes a file for each device into the folder of the stick, and is accessible', async () => {
    const { element, said } = await open();
    deep(element, 'summary').click();
    await expect(element).to.be.accessible();
    press(element, 'Save to a stick…');
    await waitUntil(() => said.length > 0, 'nothing said', patience);
    expect(said).to.deep.equal(['Refresh files saved: 2.']);
    await shows(element, 'Saved on the stick: 2. Each device finds its own with Load from stick.');
    expect(await onStick()).to.deep.equal([
      'refresh-press-7-4829-1307-7506.lic',
      'refresh-press-8-9651-1183-9751.lic',
    ]);
    await settled(element);
    await expect(element).to.be.accessible();
  });

  it('makes files for those that are chosen alone, and for none none', async () => {
    const { element, said } = await open();
    deep<HTMLInputElement>(element, `input[name="${idOf(90)}"]`).click();
    await settled(element);
    expect(deepText(element)).to.contain('Choose devices: 1 of 2').and.contain('One device is chosen.');
    press(element, 'Save to a stick…');
    await waitUntil(() => said.length > 0, 'nothing said', patience);
    expect(await onStick()).to.deep.equal(['refresh-press-8-9651-1183-9751.lic']);
    expect(server.lastCall('POST', 'refresh-files')?.body).to.deep.equal({ activationIds: [idOf(91)] });
    const [all] = deepAll(element, 'input');
    if (!(all instanceof HTMLInputElement)) throw new TypeError('expected a box');
    expect(all.indeterminate).to.equal(true);
    all.click();
    await settled(element);
    all.click();
    await settled(element);
    expect(deepText(element)).to.contain('No device is chosen.');
    const buttons = deepAll(element, 'button');
    expect(buttons.every(button => button instanceof HTMLButtonElement && button.disabled)).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('offers a zip alone where the browser opens no folder, and saves it', async () => {
    Object.assign(window, { showDirectoryPicker: undefined });
    const { element, said } = await open();
    expect(deepText(element)).not.to.contain('Save to a stick…');
    const saved = await whileDownloading(async () => {
      press(element, 'Download as one zip');
      await waitUntil(() => said.length > 0, 'nothing said', patience);
    });
    expect(saved).to.deep.equal(['refresh-files.zip']);
    await shows(element, 'Files in it: 2.');
  });

  it('names the device whose file the device would not take, and the one that is locked', async () => {
    server.devices = [{ ...press7, blocked: true }, press8];
    server.refreshFileOf = device =>
      refreshFileOf(device.name === 'Press 8' ? { ...device, activationId: idOf(1) } : device);
    const { element, said } = await open();
    press(element, 'Save to a stick…');
    await waitUntil(() => said.length > 0, 'nothing said', patience);
    await shows(
      element,
      'Press 7 (4829 1307 7506) : The device is blocked. Its file locks the license there.',
    );
    await shows(element, 'Press 8 (9651 1183 9751) : No file was saved.');
    expect(await onStick()).to.deep.equal(['refresh-press-7-4829-1307-7506.lic']);
    await expect(element).to.be.accessible();
  });

  it('says why there is no file at all, and that a stick was not written', async () => {
    server.refuseNext = { ending: 'refresh-files', status: 503, problem: { code: 'SERVER_BUSY' } };
    const { element, said } = await open();
    press(element, 'Save to a stick…');
    await shows(element, 'too much to do');
    expect(said).to.deep.equal([]);
    const vendor = await stick.getDirectoryHandle('Acme license files');
    await vendor.removeEntry('to-device').catch(() => {});
    await vendor.getFileHandle('to-device', { create: true });
    press(element, 'Save to a stick…');
    await shows(element, 'Saved on the stick: 0 of 2.');
    await shows(element, 'Reason: STICK_FAILED');
    expect(said).to.deep.equal([]);
    await expect(element).to.be.accessible();
  });
});

function wrong({ activationId }: { activationId: string }) {
  return { activationId, file: toBase64url(new Uint8Array([1, 2, 3])) };
}

/** Names under which files are downloaded meanwhile. */
async function whileDownloading(work: () => Promise<void>): Promise<string[]> {
  const saved: string[] = [];
  const { click } = HTMLAnchorElement.prototype;
  HTMLAnchorElement.prototype.click = function catching() {
    saved.push(this.download);
  };
  try {
    await work();
  } finally {
    HTMLAnchorElement.prototype.click = click;
  }
  return saved;
}

function refresh(number: number, by = testIssuer(2)): Promise<Bytes> {
  return licenseAnswer(number, { activationId: fromHex(idOf(number)) }, { by });
}

function readerWith(ed25519: Ed25519Backend): AnswerReader {
  const crypto = webCrypto({ ed25519 });
  return new AnswerReader({ crypto, loadTrust: loadTestTrust, unreachable: 'SERVER_UNREACHABLE' });
}
