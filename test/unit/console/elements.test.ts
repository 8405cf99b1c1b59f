import { expect } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import '../../../src/console/frame/lk-frame.ts';
import '../../../src/console/frame/lk-page.ts';
import type { AuditLogEntry } from '../../../src/api/audit.ts';
import type { DeviceSummary } from '../../../src/api/devices.ts';
import { defaultTerms } from '../../../src/api/license-terms.ts';
import type { License, LicenseSummary } from '../../../src/api/licenses.ts';
import { deepText, mount } from './mount.ts';
import {
  activationExchange,
  consumptionLicense,
  idOf,
  knownPress7,
  mona,
  now,
  pressStudio,
  refusedExchange,
  sampleLicense,
  userLicense,
} from './samples.ts';

const { virtualMachine: _, ...said } = knownPress7;
const deviceRow: DeviceSummary = { ...said, state: 'refused', blocked: true, licenses: [] };

const logEntry: AuditLogEntry = {
  sequence: 7,
  hash: 'ab'.repeat(32),
  at: now,
  actor: 'owner@latchkey.localhost',
  action: 'license.edit',
  user: null,
  changed: ['expiresAt'],
  deviceNumber: null,
  deviceId: null,
  licenseId: idOf(1),
  product: null,
  subjectId: null,
};

describe('each element of the console by itself', () => {
  /** What each shows, in every way that it can look. */
  const parts: readonly [name: string, template: TemplateResult, shown: string][] = [
    [
      'at an unknown address',
      html`<lk-page .place=${{ path: '/nowhere', query: new URLSearchParams() }}></lk-page>`,
      'This page is not there',
    ],
    [
      '',
      html`<lk-frame path="/licenses" account="owner@latchkey.localhost"><h1>Licenses</h1></lk-frame>`,
      'owner@latchkey.localhost',
    ],
    ['', html`<lk-exchange-filters></lk-exchange-filters>`, 'All decisions'],
    ['', html`<lk-device-table .devices=${[deviceRow]}></lk-device-table>`, 'Refused so far'],
    ['', html`<lk-audit-filters .products=${[pressStudio]}></lk-audit-filters>`, 'All actions'],
    ['', html`<lk-audit-table .entries=${[logEntry]}></lk-audit-table>`, 'Edited the license'],
    ['before anything was verified', html`<lk-frame></lk-frame>`, 'Nothing was verified yet'],
    ['', html`<lk-frame .engine=${'wasm-simd' as const}></lk-frame>`, 'WebAssembly with SIMD'],
    ['with a key', html`<lk-issued .license=${sampleLicense(1)}></lk-issued>`, '7K3QX-M2ND5'],
    ['for users', html`<lk-issued .license=${userLicense}></lk-issued>`, 'Mona Müller'],
    ['', html`<lk-kind-choice .products=${[pressStudio]}></lk-kind-choice>`, 'Whoever has the key.'],
    [
      'with a fault',
      html`<lk-kind-choice .problem=${{ field: 'product', rule: 'required' }}></lk-kind-choice>`,
      'Fill this in.',
    ],
    [
      'of many devices',
      html`<lk-exchange-table .exchanges=${[refusedExchange, activationExchange]}></lk-exchange-table>`,
      'All seats are in use.',
    ],
    [
      'of one device',
      html`<lk-exchange-table compact .exchanges=${[activationExchange]}></lk-exchange-table>`,
      'Activation request',
    ],
    ['without files', html`<lk-exchange-table></lk-exchange-table>`, 'No file yet.'],
    [
      'with a key',
      html`<lk-license-facts .license=${sampleLicense(1)}></lk-license-facts>`,
      '1 of 10 active',
    ],
    ['for users', html`<lk-license-facts .license=${userLicense}></lk-license-facts>`, 'Issued to'],
    [
      'of a trial',
      html`<lk-license-head .license=${sampleLicense(1, { trial: true })} .tab=${'devices'}></lk-license-head>`,
      'Trial',
    ],
    [
      'of a disabled license',
      html`<lk-license-head .license=${sampleLicense(1, { state: 'disabled' })}></lk-license-head>`,
      'Enable…',
    ],
    [
      '',
      html`<lk-license-table .licenses=${[summaryOf(sampleLicense(1)), summaryOf(userLicense)]}></lk-license-table>`,
      'Users of Acme',
    ],
    [
      'of a consumption license',
      html`<lk-feature-grants .features=${pressStudio.features} .terms=${consumptionLicense.terms}></lk-feature-grants>`,
      'Maximum',
    ],
    ['without features', html`<lk-feature-grants></lk-feature-grants>`, 'The product has no features'],
    [
      'with a fault',
      html`<lk-terms-form
      .type=${'time-limited'}
      .terms=${defaultTerms()}
      .problem=${{ field: 'terms.expiresAt', rule: 'required' }}
    ></lk-terms-form>`,
      'Fill this in.',
    ],
    [
      'of a new product',
      html`<lk-product-form fresh .draft=${{ ...pressStudio }} .saved=${['color']}></lk-product-form>`,
      'Copied devices',
    ],
    ['', html`<lk-user-table .users=${[mona]}></lk-user-table>`, 'Mona Müller'],
    ['', html`<lk-user-picker></lk-user-picker>`, 'Find a user'],
    ['of nobody', html`<lk-chosen-users></lk-chosen-users>`, 'Nobody yet.'],
    [
      'with a fault',
      html`<lk-chosen-users .users=${[mona]} .problem=${{ field: 'users', rule: 'over-limit' }}></lk-chosen-users>`,
      'These are more than this license allows.',
    ],
    ['', html`<lk-license-users .license=${userLicense}></lk-license-users>`, '1 of 2 users.'],
    ['', html`<lk-password-choice></lk-password-choice>`, 'Make one that nobody guesses'],
    [
      'with a fault',
      html`<lk-password-choice .password=${'short'} problem="Too short."></lk-password-choice>`,
      'Too short.',
    ],
    [
      'that was made',
      html`<lk-shown-password .set=${{ id: mona.id, name: mona.name, password: 'abcde-fghjk' }}></lk-shown-password>`,
      'This is shown once.',
    ],
    ['', html`<lk-new-password .userId=${mona.id}></lk-new-password>`, 'Reset password…'],
  ];

  for (const [name, template, shown] of parts) {
    it(`${tagOf(template)} is accessible${name ? ` ${name}` : ''}`, async () => {
      const { element } = await mount(template);
      expect(deepText(element)).to.contain(shown);
      await expect(element).to.be.accessible();
    });
  }
});

function tagOf({ strings }: TemplateResult): string {
  return /<[\w-]+/.exec(strings[0] ?? '')?.[0].concat('>') ?? '';
}

function summaryOf(license: License): LicenseSummary {
  return { ...license, ...license.terms };
}
