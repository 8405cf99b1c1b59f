import { expect } from '@open-wc/testing';
import type { Outcome } from '../../../../src/platform/stick/outcome.ts';
import { findStick, openStick, type Stick } from '../../../../src/platform/stick/stick.ts';
import type { StickOwner } from '../../../../src/platform/stick/vendor-folder.ts';
import { codeOfAsync } from '../../../support/code-of.ts';
import { freshFolder, place, pull, tree, writing } from './folders.ts';

const NAME = 'stick-of-stick';
const acme: StickOwner = {
  domainId: new Uint8Array(32).fill(7),
  vendor: 'Acme: Press & Söhne/..',
  portals: ['https://portal.acme.example'],
  startPage: '<!doctype html><a href="https://portal.acme.example">portal</a></html>',
};
const other: StickOwner = { ...acme, domainId: new Uint8Array(32).fill(8) };
const FOLDER = 'Acme Press Söhne license files';
const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
const device = 'ab'.repeat(32);
const outcome: Outcome = {
  device,
  name: 'Press 7',
  at: 1_790_000_000,
  waiting: [
    { file: 'request.req', kind: 'activation-request', request: '01'.repeat(16), digest: '03'.repeat(32) },
    {
      file: 'report.req',
      kind: 'usage-report',
      request: '02'.repeat(16),
      digest: '04'.repeat(32),
      refused: 'NO_SEATS_LEFT',
    },
  ],
};

let chosen: FileSystemDirectoryHandle;
beforeEach(async () => {
  chosen = await freshFolder(NAME);
});

async function read(stick: Stick, direction: 'to-portal' | 'to-device' = 'to-portal') {
  const found: Record<string, string> = {};
  for await (const { name, ...rest } of await stick.files(direction)) {
    found[name] = 'code' in rest ? rest.code : new TextDecoder().decode(rest.bytes);
  }
  return found;
}

describe('reading a stick', () => {
  it('makes no folder, and finds nothing where there is none', async () => {
    const stick = await openStick(chosen, acme);
    const before = await directories();
    expect(await read(stick)).to.deep.equal({});
    expect((await stick.files('to-device')).names).to.deep.equal([]);
    expect(await stick.read('to-portal', 'a.req')).to.equal(null);
    await stick.remove('to-portal', file('a.req', 'a'));
    expect(await stick.outcomes()).to.deep.equal([]);
    expect(await stick.outcomeOf(device)).to.equal(null);
    expect(await directories()).to.deep.equal(before);
    await stick.write('to-portal', file('a.req', 'a'));
    await stick.tellOutcome(outcome);
    expect(await directories()).to.deep.equal(['outcomes', 'to-portal']);
  });

  it('says that the stick is gone and not that it is empty', async () => {
    const stick = await openStick(chosen, acme);
    await pull(NAME);
    expect(await codeOfAsync(() => stick.files('to-device'))).to.equal('STICK_GONE');
    expect(await codeOfAsync(() => stick.outcomes())).to.equal('STICK_GONE');
    expect(await codeOfAsync(() => stick.outcomeOf(device))).to.equal('STICK_GONE');
  });

  async function directories(): Promise<string[]> {
    const names: string[] = [];
    for await (const entry of (await chosen.getDirectoryHandle(FOLDER)).values()) {
      if (entry.kind === 'directory') names.push(entry.name);
    }
    return names.sort();
  }
});

describe('openStick()', () => {
  it('makes the folder of the vendor with its id and the page that names the portal, once', async () => {
    const stick = await openStick(chosen, acme);
    const first = await tree(chosen);
    expect(Object.keys(first).sort()).to.deep.equal([
      `${FOLDER}/START HERE.html`,
      `${FOLDER}/latchkey-stick.json`,
    ]);
    expect(JSON.parse(first[`${FOLDER}/latchkey-stick.json`] ?? '')).to.deep.equal({
      format: 'latchkey-stick',
      version: 1,
      stick: stick.id,
      domain: '07'.repeat(32),
    });
    expect(stick.id).to.match(/^[0-9a-f]{32}$/);
    expect((await openStick(chosen, { ...acme, vendor: 'Renamed' })).id).to.equal(stick.id);
    expect(await tree(chosen)).to.deep.equal(first);
  });

  it('knows the folder by its id file, under whatever name and when it is chosen itself', async () => {
    const { id } = await openStick(chosen, acme);
    const text = (await tree(chosen))[`${FOLDER}/latchkey-stick.json`] ?? '';
    await chosen.removeEntry(FOLDER, { recursive: true });
    await place(chosen, 'moved/latchkey-stick.json', text);
    expect((await openStick(chosen, acme)).id).to.equal(id);
    expect((await openStick(await chosen.getDirectoryHandle('moved'), acme)).id).to.equal(id);
    expect(Object.keys(await tree(chosen)).sort()).to.deep.equal([
      'moved/START HERE.html',
      'moved/latchkey-stick.json',
    ]);
  });

  it('gives each vendor a folder, also where two have one name', async () => {
    const one = await openStick(chosen, acme);
    const two = await openStick(chosen, other);
    expect([one.folderName, two.folderName]).to.deep.equal([FOLDER, `${FOLDER} 2`]);
    await two.write('to-device', file('a.lic', 'two'));
    expect(await read(one, 'to-device')).to.deep.equal({});
    expect((await openStick(chosen, other)).id).to.equal(two.id);
  });

  for (const [what, text] of Object.entries({ empty: '', 'cut short': '{"format":"latchkey-st' })) {
    it(`mends a folder whose id file a pulled stick left ${what}, and keeps what is in it`, async () => {
      await place(chosen, `${FOLDER}/latchkey-stick.json`, text);
      await place(chosen, `${FOLDER}/to-portal/a.req`, 'kept');
      await place(chosen, `${FOLDER}/START HERE.html`, acme.startPage.slice(0, -4));
      expect(await findStick(chosen, acme)).to.equal(null);
      expect(await read(await openStick(chosen, acme))).to.deep.equal({ 'a.req': 'kept' });
      expect((await tree(chosen))[`${FOLDER}/START HERE.html`]).to.equal(acme.startPage);
      expect(await findStick(chosen, acme)).not.to.equal(null);
    });
  }

  it('writes the page again when the portal has moved', async () => {
    await openStick(chosen, acme);
    const moved = { ...acme, portals: ['https://new.example'], startPage: 'https://new.example</html>' };
    await openStick(chosen, moved);
    expect((await tree(chosen))[`${FOLDER}/START HERE.html`]).to.equal(moved.startPage);
  });

  it('says that the stick is gone, full, or not to be written', async () => {
    const throwing = (name: string) =>
      writing(chosen, () => {
        throw new DOMException('', name);
      });
    expect(await codeOfAsync(() => openStick(throwing('QuotaExceededError'), acme))).to.equal('STICK_FULL');
    expect(await codeOfAsync(() => openStick(throwing('NotAllowedError'), acme))).to.equal(
      'STICK_NOT_ALLOWED',
    );
    expect(await codeOfAsync(() => openStick(throwing('InvalidStateError'), acme))).to.equal('STICK_FAILED');
    await pull(NAME);
    expect(await codeOfAsync(() => openStick(chosen, acme))).to.equal('STICK_GONE');
    expect(await codeOfAsync(() => findStick(chosen, acme))).to.equal('STICK_GONE');
  });
});

describe('findStick()', () => {
  it('writes nothing, and finds none of another vendor', async () => {
    expect(await findStick(chosen, acme)).to.equal(null);
    await openStick(chosen, other);
    const before = await tree(chosen);
    expect(await findStick(chosen, acme)).to.equal(null);
    expect(await tree(chosen)).to.deep.equal(before);
  });
});

describe('Stick', () => {
  let stick: Stick;
  beforeEach(async () => {
    stick = await openStick(chosen, acme);
  });

  it('writes files whole, the same ones once, and leaves another of the name alone', async () => {
    expect(await stick.write('to-portal', file('a.req', 'one'))).to.equal('a.req');
    expect(await stick.write('to-portal', file('a.req', 'one'))).to.equal('a.req');
    expect(await stick.write('to-portal', file('a.req', 'two'))).to.equal('a-2.req');
    expect(await read(stick)).to.deep.equal({ 'a.req': 'one', 'a-2.req': 'two' });
    expect(await read(stick, 'to-device')).to.deep.equal({});
  });

  it('fills what a pulled stick left empty', async () => {
    await place(chosen, `${FOLDER}/to-portal/a.req`, '');
    expect(await stick.write('to-portal', file('a.req', 'one'))).to.equal('a.req');
    expect(await read(stick)).to.deep.equal({ 'a.req': 'one' });
  });

  it('names what is empty, unfinished or too large, and passes over what systems leave', async () => {
    await place(chosen, `${FOLDER}/to-portal/empty.req`, '');
    await place(chosen, `${FOLDER}/to-portal/whole.req.crswap`, 'whole');
    await place(chosen, `${FOLDER}/to-portal/film.mov`, 'x'.repeat(256 * 1024 + 1));
    await place(chosen, `${FOLDER}/to-portal/holiday.jpg`, 'foreign');
    for (const name of ['._a.req', '.DS_Store', 'Thumbs.db', 'desktop.ini', 'deeper/b.req']) {
      await place(chosen, `${FOLDER}/to-portal/${name}`, 'system');
    }
    expect(await read(stick)).to.deep.equal({
      'empty.req': 'FILE_CUT_SHORT',
      'film.mov': 'FILE_TOO_LARGE',
      'holiday.jpg': 'foreign',
      'whole.req.crswap': 'FILE_CUT_SHORT',
    });
  });

  it('knows how many there are before it reads the first', async () => {
    await stick.write('to-device', file('b.lic', 'b'));
    await stick.write('to-device', file('a.lic', 'a'));
    expect((await stick.files('to-device')).names).to.deep.equal(['a.lic', 'b.lic']);
  });

  it('leaves nothing of a file that cannot be written or is not read back', async () => {
    let isFull = false;
    const full = await openStick(
      writing(chosen, bytes => {
        if (isFull) throw new DOMException('no space', 'QuotaExceededError');
        return bytes;
      }),
      acme,
    );
    isFull = true;
    expect(await codeOfAsync(() => full.write('to-portal', file('a.req', 'one')))).to.equal('STICK_FULL');
    const cutting = await openStick(
      writing(chosen, bytes => bytes.slice(0, -1)),
      acme,
    );
    expect(await codeOfAsync(() => cutting.write('to-portal', file('a.req', 'one')))).to.equal(
      'STICK_FAILED',
    );
    expect(await read(stick)).to.deep.equal({});
  });

  it('removes a file only while it is the same', async () => {
    await stick.write('to-device', file('a.lic', 'one'));
    expect(await stick.read('to-device', 'a.lic')).to.deep.equal(file('a.lic', 'one').bytes);
    expect(await stick.read('to-device', 'b.lic')).to.equal(null);
    await stick.remove('to-device', file('a.lic', 'other'));
    await stick.remove('to-device', file('b.lic', 'one'));
    expect(await read(stick, 'to-device')).to.deep.equal({ 'a.lic': 'one' });
    await stick.remove('to-device', file('a.lic', 'one'));
    expect(await read(stick, 'to-device')).to.deep.equal({});
  });

  it('says that the stick is gone, at whatever step', async () => {
    await stick.write('to-device', file('a.lic', 'one'));
    await stick.write('to-device', file('b.lic', 'two'));
    const listing = await stick.files('to-device');
    await pull(NAME);
    const steps = [
      async () => {
        for await (const each of listing) expect(each).to.equal(null);
      },
      () => stick.files('to-device'),
      () => stick.write('to-device', file('c.lic', 'three')),
      () => stick.remove('to-device', file('a.lic', 'one')),
      () => stick.outcomes(),
      () => stick.outcomeOf(device),
      () => stick.tellOutcome(outcome),
    ];
    for (const step of steps) expect(await codeOfAsync(step)).to.equal('STICK_GONE');
  });

  it('names one file that went away meanwhile, and reads the others', async () => {
    await stick.write('to-device', file('a.lic', 'one'));
    await stick.write('to-device', file('b.lic', 'two'));
    const listing = await stick.files('to-device');
    await stick.remove('to-device', file('a.lic', 'one'));
    const found: unknown[] = [];
    for await (const each of listing) found.push('code' in each ? each.code : each.name);
    expect(found).to.deep.equal(['FILE_NOT_READ', 'b.lic']);
  });

  it('keeps what each device tells, the last word alone', async () => {
    await stick.tellOutcome(outcome);
    await stick.tellOutcome({ ...outcome, device: 'cd'.repeat(32), waiting: [] });
    expect(await stick.outcomeOf(device)).to.deep.equal(outcome);
    await stick.tellOutcome({ ...outcome, waiting: [] });
    const found = await stick.outcomes();
    expect(found.map(each => each.waiting.length)).to.deep.equal([0, 0]);
    expect(await stick.outcomeOf('ef'.repeat(32))).to.equal(null);
  });

  it('passes over what is no outcome', async () => {
    const bad = ['', '{', '[]', 'null', '{"format":"latchkey-outcome","version":1}', JSON.stringify(outcome)];
    for (const [index, text] of bad.entries()) await place(chosen, `${FOLDER}/outcomes/${index}.json`, text);
    const strange = {
      format: 'latchkey-outcome',
      version: 1,
      ...outcome,
      waiting: [null, 1, {}, outcome.waiting[0]],
    };
    await place(chosen, `${FOLDER}/outcomes/strange.json`, JSON.stringify(strange));
    expect(await stick.outcomes()).to.deep.equal([{ ...outcome, waiting: outcome.waiting.slice(0, 1) }]);
  });
});
