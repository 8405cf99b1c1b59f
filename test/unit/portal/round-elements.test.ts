import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/portal/lk-round-print.ts';
import '../../../src/portal/lk-round-summary.ts';
import '../../../src/portal/lk-upload-list.ts';
import type { LkRoundPrint } from '../../../src/portal/lk-round-print.ts';
import type { LkRoundSummary, RoundAction } from '../../../src/portal/lk-round-summary.ts';
import type { LkUploadList } from '../../../src/portal/lk-upload-list.ts';
import type { Upload } from '../../../src/portal/round/upload.ts';
import { deviceIdOf } from '../../support/portal-files.ts';
import { partOf, textOf } from '../../support/shadow.ts';

const file = { kind: 'activation-request', bytes: new Uint8Array() } as const;
const answer = new Uint8Array([1]);

function licensed(id: number): Upload {
  const decision = {
    kind: 'license',
    deviceNumber: '4829 1307 7506',
    products: ['Press Studio'],
    activationId: new Uint8Array(16),
    licenseState: null,
  } as const;
  const progress = { state: 'answered', decision, answer } as const;
  return { id, fileName: `press-${id}.req`, file, credentials: null, progress };
}

function refused(id: number, code: string): Upload {
  const asked = { deviceId: deviceIdOf(1), requestId: new Uint8Array(16) };
  const decision = { kind: 'refusal', deviceNumber: '4829 1307 7506', code, data: {}, asked } as const;
  const progress = { state: 'answered', decision, answer } as const;
  return { id, fileName: `press-${id}.req`, file, credentials: null, progress };
}

describe('<lk-round-summary>', () => {
  it('is accessible, and offers what can be done with the whole round', async () => {
    const uploads = [licensed(0), refused(1, 'CREDENTIALS_MISSING'), refused(2, 'CREDENTIALS_REFUSED')];
    const element = await fixture<LkRoundSummary>(
      html`<lk-round-summary .uploads=${uploads} .answers=${3}></lk-round-summary>`,
    );
    await expect(element).to.be.accessible();
    const actions: RoundAction[] = [];
    element.addEventListener('lk-round-action', ({ detail }) => actions.push(detail));
    for (const button of element.shadowRoot?.querySelectorAll('button') ?? []) button.click();
    expect(actions.slice(-2)).to.deep.equal(['download', 'print']);
    expect(textOf(element)).to.contain('Name keys from a list (CSV)');
  });

  it('gives the text of a list of keys', async () => {
    const uploads = [refused(1, 'CREDENTIALS_MISSING'), refused(2, 'CREDENTIALS_MISSING')];
    const element = await fixture<LkRoundSummary>(
      html`<lk-round-summary .uploads=${uploads}></lk-round-summary>`,
    );
    const input = partOf(element, 'input[type=file]');
    if (!(input instanceof HTMLInputElement)) throw new Error('expected a picker');
    const transfer = new DataTransfer();
    transfer.items.add(new File(['a,b'], 'keys.csv'));
    input.files = transfer.files;
    const list = new Promise<string>(resolve => {
      element.addEventListener('lk-key-list', ({ detail }) => resolve(detail));
    });
    input.dispatchEvent(new Event('change'));
    expect(await list).to.equal('a,b');
  });
});

describe('<lk-upload-list>', () => {
  it('is accessible, and offers to name a key where that can help', async () => {
    const uploads = [
      refused(0, 'CREDENTIALS_MISSING'),
      refused(1, 'NO_SEATS_LEFT'),
      refused(2, 'DEVICE_BLOCKED'),
    ];
    const element = await fixture<LkUploadList>(
      html`<lk-upload-list heading="Needs you" .uploads=${uploads}></lk-upload-list>`,
    );
    await expect(element).to.be.accessible();
    const rows = [...(element.shadowRoot?.querySelectorAll('lk-upload-row') ?? [])].map(textOf);
    expect(rows[0]).to.contain('Type it here');
    expect(rows[1]).to.contain('Use another key').and.contain('Ask again');
    expect(rows[2]).not.to.contain('key');
  });
});

describe('<lk-round-print>', () => {
  it('is accessible, and lists trouble first', async () => {
    const uploads = [licensed(0), refused(1, 'NO_SEATS_LEFT')];
    const element = await fixture<LkRoundPrint>(html`<lk-round-print .uploads=${uploads}></lk-round-print>`);
    const rows = [...(element.shadowRoot?.querySelectorAll('tbody tr') ?? [])].map(
      row => row.textContent?.replaceAll(/\s+/g, ' ') ?? '',
    );
    expect(rows[0]).to.contain('press-1.req').and.contain('All seats are in use.');
    expect(rows[1]).to.contain('4829 1307 7506').and.contain('Licensed: Press Studio');
    await expect(element).to.be.accessible();
  });
});
