import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/portal/naming/lk-name-license.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { decodeNamedCredentials } from '../../../src/format/batch/named-credentials.ts';
import { keyLookup, keyProof, keySecret } from '../../../src/license/credentials.ts';
import { deviceNumber } from '../../../src/license/device-number.ts';
import { createLicenseKey, formatLicenseKey } from '../../../src/license/license-key.ts';
import {
  parseUserName,
  provesUser,
  storedUserKey,
  userCredentials,
  userLookup,
} from '../../../src/license/user.ts';
import { keysFromCsv } from '../../../src/portal/naming/keys-from-csv.ts';
import type { LkNameLicense, NamedDetail } from '../../../src/portal/naming/lk-name-license.ts';
import { readTyped } from '../../../src/portal/naming/named-for.ts';
import { Naming } from '../../../src/portal/naming/naming.ts';
import type { Upload } from '../../../src/portal/round/upload.ts';
import { deviceFile, deviceIdOf, loadTestTrust } from '../../support/portal-files.ts';
import { partOf } from '../../support/shadow.ts';

const crypto = webCrypto();
const domainId = new Uint8Array(32).fill(5);
const key = createLicenseKey(new Uint8Array(13).fill(3));
const request = { deviceId: deviceIdOf(7), requestId: new Uint8Array(16).fill(8) };

describe('readTyped()', () => {
  it('makes of a key what the device would have sent, and nothing of the key itself', async () => {
    const nameFor = await readTyped({ key: formatLicenseKey(key).toLowerCase() }, { domainId, crypto });
    const secret = keySecret(domainId, key);
    expect(decodeNamedCredentials(nameFor(request))).to.deep.equal({
      keyLookup: keyLookup(secret),
      keyProof: keyProof(secret, request.deviceId, request.requestId),
    });
  });

  it('makes of user and password a proof that the portal can check', async () => {
    const nameFor = await readTyped({ user: ' Ada  Lovelace ', password: 'engine' }, { domainId, crypto });
    const { userLookup: lookup, userProof: proof } = decodeNamedCredentials(nameFor(request));
    expect(lookup).to.deep.equal(userLookup(domainId, parseUserName('ada lovelace')));
    const right = await userCredentials({ domainId, user: 'ada lovelace', password: 'engine' }, crypto);
    const made = { storedKey: storedUserKey(right.key), ...request };
    expect(proof && provesUser(proof, made)).to.equal(true);
  });

  it('refuses a key with a typing error before anything is sent', async () => {
    const typed = { key: formatLicenseKey(key).replace(/.$/, char => (char === 'A' ? 'B' : 'A')) };
    const refused = await readTyped(typed, { domainId, crypto }).catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'LICENSE_KEY_MISTYPED');
  });
});

describe('keysFromCsv()', () => {
  it('reads key or user behind the number of a device, in any columns, with or without headings', () => {
    const { byNumber, unread } = keysFromCsv(
      `Name;Device;License key\r\nPress 1;4829 1307 7506;${key}\r\nPress 2;4829-1307-7514;ada;engine\r\n`,
    );
    expect([...byNumber]).to.deep.equal([
      ['482913077506', { key }],
      ['482913077514', { user: 'ada', password: 'engine' }],
    ]);
    expect(unread).to.deep.equal([]);
  });

  it('names the lines that it cannot read, and takes no key with a typing error for a user', () => {
    const wrong = `${formatLicenseKey(key).slice(0, -1)}U`;
    const { byNumber, unread } = keysFromCsv(
      `482913077506,${wrong},x\n482913077514,${key}\nPress 3,${key}\n482913077522\n`,
    );
    expect([...byNumber.keys()]).to.deep.equal(['482913077514']);
    expect(unread).to.deep.equal([1, 3, 4]);
  });
});

describe('Naming', () => {
  const refused = (id: number, device: number, code = 'CREDENTIALS_MISSING'): Upload => {
    const [deviceId, requestId] = [deviceIdOf(device), new Uint8Array(16).fill(id)];
    const asked = { deviceId, requestId };
    const decision = {
      kind: 'refusal',
      code,
      data: {},
      deviceNumber: deviceNumber(deviceId),
      asked,
    } as const;
    const file = { kind: 'activation-request', bytes: deviceFile('activation-request', id) } as const;
    const progress = { state: 'answered', answer: new Uint8Array(), decision } as const;
    return { id, fileName: `${id}.req`, file, credentials: null, progress };
  };

  it('maps a list to the requests of its devices, all of a device alike', async () => {
    const naming = new Naming(crypto, loadTestTrust);
    const uploads = [refused(0, 1), refused(1, 2), refused(2, 1), refused(3, 1, 'DEVICE_BLOCKED')];
    const list = `${deviceNumber(deviceIdOf(1))},${key}`;
    const { credentials } = await naming.byList(list, uploads);
    expect([...credentials.keys()]).to.deep.equal([0, 2]);
    expect(credentials.get(0)).not.to.deep.equal(credentials.get(2));
  });
});

describe('<lk-name-license>', () => {
  const open = async (others: number) => {
    const element = await fixture<LkNameLicense>(
      html`<lk-name-license device="press-7.req" .others=${others}></lk-name-license>`,
    );
    await element.open();
    return element;
  };

  it('is accessible, and gives the key that was typed, for one or for all', async () => {
    const element = await open(3);
    await expect(element).to.be.accessible();
    const named: NamedDetail[] = [];
    element.addEventListener('lk-named', ({ detail }) => named.push(detail));
    const input = partOf(partOf(element, 'lk-key-field'), 'input');
    if (!(input instanceof HTMLInputElement)) throw new Error('expected a field');
    input.value = key;
    input.dispatchEvent(new Event('input'));
    await element.updateComplete;
    partOf(element, 'input[name=all]').click();
    partOf(element, 'button.primary').click();
    await waitUntil(() => named.length === 1);
    expect(named).to.deep.equal([{ typed: { key: formatLicenseKey(key) }, isForAll: true }]);
    expect(partOf(element, 'dialog')).to.have.property('open', false);
  });

  it('is accessible with user and password, and forgets both when it closes', async () => {
    const element = await open(0);
    const [, byUser] = element.shadowRoot?.querySelectorAll<HTMLInputElement>('input[name=by]') ?? [];
    byUser?.click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
    const user = partOf(element, 'input[name=user]');
    if (!(user instanceof HTMLInputElement)) throw new Error('expected a field');
    user.value = 'ada';
    user.dispatchEvent(new Event('input'));
    await element.updateComplete;
    partOf(element, 'button[type=button]:not(.primary)').click();
    await element.open();
    expect(partOf(element, 'input[name=user]')).to.have.property('value', '');
  });
});
