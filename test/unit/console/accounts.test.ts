import { aTimeout, expect, fixture, oneEvent, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { ConsoleApi } from '../../../src/console/services/api/console-api.ts';
import '../../../src/console/accounts/lk-account-page.ts';
import '../../../src/console/accounts/lk-session-dialog.ts';
import '../../../src/console/lk-console.ts';
import type { LkPasswordForm } from '../../../src/console/accounts/lk-password-form.ts';
import type { LkSessionDialog } from '../../../src/console/accounts/lk-session-dialog.ts';
import type { LkSignInForm } from '../../../src/console/accounts/lk-sign-in-form.ts';
import type { LkConsole } from '../../../src/console/lk-console.ts';
import { FakeServer } from './fake-server.ts';
import { answer, deep, deepAll, deepText, mount, press, settled, shows, type, unmount } from './mount.ts';
import { idOf } from './samples.ts';

describe('<lk-sign-in-form>', () => {
  const form = () => mount<LkSignInForm>(html`<lk-sign-in-form></lk-sign-in-form>`);

  it('is accessible, also when it was refused', async () => {
    const { element } = await form();
    await expect(element).to.be.accessible();
    type(element, 'email', 'owner@latchkey.localhost');
    type(element, 'password', 'wrong');
    press(element, 'Sign in');
    await shows(element, 'E-mail address or password are not right.');
    await expect(element).to.be.accessible();
    expect(element.shadowRoot?.activeElement?.id).to.equal('password');
  });

  it('names the field that cannot be sent', async () => {
    const { element, server } = await form();
    type(element, 'email', 'no address');
    press(element, 'Sign in');
    await shows(element, 'not written in the way');
    expect(deep(element, '#email').getAttribute('aria-invalid')).to.equal('true');
    expect(server.received).to.have.length(0);
  });

  it('tells when the session has begun', async () => {
    const { element } = await form();
    type(element, 'email', ' Owner@Latchkey.localhost ');
    type(element, 'password', 'right password');
    setTimeout(() => press(element, 'Sign in'));
    expect((await oneEvent(element, 'lk-signed-in')).detail).to.equal('right password');
  });
});

describe('<lk-password-form>', () => {
  it('is accessible and can show what is typed', async () => {
    const { element } = await mount<LkPasswordForm>(html`<lk-password-form></lk-password-form>`);
    await expect(element).to.be.accessible();
    deep<HTMLInputElement>(element, 'input[name=shown]').click();
    await element.updateComplete;
    expect(deep(element, '#newPassword').getAttribute('type')).to.equal('text');
  });

  it('tells why a new password was refused, at its field', async () => {
    const server = new FakeServer();
    server.refuseNext = { ending: 'change-password', status: 400, problem: { code: 'PASSWORD_WEAK' } };
    const { element } = await mount<LkPasswordForm>(html`<lk-password-form></lk-password-form>`, server);
    press(element, 'Change password');
    await shows(element, 'too short or too easy');
    expect(element.shadowRoot?.activeElement?.id).to.equal('newPassword');
  });
});

describe('<lk-account-page>', () => {
  it('is accessible for signing in and for the password', async () => {
    const { element } = await mount(html`<lk-account-page></lk-account-page>`);
    await expect(element).to.be.accessible();
    unmount();
    const change = await mount(html`<lk-account-page .asks=${'password'}></lk-account-page>`);
    await expect(change.element).to.be.accessible();
    expect(deepText(change.element)).to.contain('Choose your password');
  });
});

describe('<lk-session-dialog>', () => {
  it('asks once for all calls that wait and answers each', async () => {
    const { element } = await mount<LkSessionDialog>(html`<lk-session-dialog></lk-session-dialog>`);
    expect(deepAll(element, 'lk-sign-in-form')).to.have.length(0);
    const answers = [element.ask('SIGN_IN_NEEDED'), element.ask('SIGN_IN_NEEDED')];
    await settled(element);
    await expect(element).to.be.accessible();
    type(element, 'email', 'owner@latchkey.localhost');
    type(element, 'password', 'right password');
    press(element, 'Sign in');
    expect(await Promise.all(answers)).to.deep.equal([true, true]);
  });

  it('answers false when it is closed, and can ask again', async () => {
    const { element } = await mount<LkSessionDialog>(html`<lk-session-dialog></lk-session-dialog>`);
    for (const code of ['SIGN_IN_NEEDED', 'PASSWORD_CHANGE_NEEDED'] as const) {
      const answer = element.ask(code);
      await settled(element);
      press(element, 'Not now');
      expect(await answer).to.equal(false);
      await aTimeout(0);
    }
  });
});

describe('<lk-console>', () => {
  const home = location.href;
  afterEach(() => history.replaceState(null, '', home));

  async function open(path: string, session: FakeServer['session'] = 'open') {
    history.replaceState(null, '', path);
    const server = new FakeServer();
    server.session = session;
    const element = await fixture<LkConsole>(
      html`<lk-console .api=${new ConsoleApi(server.fetch)}></lk-console>`,
    );
    await settled(element);
    return { element, server };
  }

  it('is accessible with the navigation and a page', async () => {
    const { element } = await open('/');
    await expect(element).to.be.accessible();
    expect(deep(element, 'nav a[aria-current]').textContent).to.contain('Overview');
  });

  it('opens the page of the address, and says so where there is none', async () => {
    const { element } = await open(`/licenses/${idOf(2)}/features`);
    expect(deepText(element)).to.contain('Northwind Print').and.contain('Color management');
    const odd = await open('/odd');
    expect(deepText(odd.element)).to.contain('This page is not there');
  });

  it('leads through the one-time password to the page that was asked for', async () => {
    const { element, server } = await open('/products', 'none');
    type(element, 'email', 'owner@latchkey.localhost');
    type(element, 'password', 'one-time');
    press(element, 'Sign in');
    await shows(element, 'Choose your password');
    await settled(element);
    expect(deep<HTMLInputElement>(element, '#currentPassword').value).to.equal('one-time');
    type(element, 'newPassword', 'a sentence of mine');
    press(element, 'Change password');
    await shows(element, 'Press Studio');
    expect(server.lastCall('POST', 'change-password')?.body).to.deep.equal({
      currentPassword: 'one-time',
      newPassword: 'a sentence of mine',
    });
  });

  it('moves the focus to the heading of the next page', async () => {
    const { element } = await open('/');
    press(element, 'Products');
    await shows(element, 'What you license');
    await waitUntil(() => document.title === 'Products · Latchkey');
    const head = deep(element, 'lk-page-head');
    expect(head.shadowRoot?.activeElement?.localName).to.equal('h1');
  });

  it('asks to sign in again over the page and keeps what was typed', async () => {
    const { element, server } = await open('/products/new');
    type(element, 'name', 'Plate Maker');
    type(element, 'code', 'plate-maker');
    await settled(element);
    server.session = 'none';
    press(deep(element, 'lk-product-page'), 'Create product');
    await waitUntil(() => deepAll(element, 'lk-session-dialog lk-sign-in-form, lk-sign-in-form').length > 0);
    await settled(element);
    type(element, 'password', 'right password');
    press(deep(element, 'lk-session-dialog'), 'Sign in');
    await shows(element, 'Plate Maker is created.');
    expect(server.products.map(({ code }) => code)).to.include('plate-maker');
  });

  it('asks before what was typed is lost', async () => {
    const { element } = await open('/products/new');
    type(element, 'name', 'Plate Maker');
    press(element, 'Licenses');
    await answer(element, 'Stay');
    expect(location.pathname).to.equal('/products/new');
    press(element, 'Licenses');
    await answer(element, 'Leave');
    await shows(element, 'Northwind Print');
  });

  it('stays when signing out fails', async () => {
    const { element, server } = await open('/products');
    server.refuseNext = { ending: 'sign-out', status: 503, problem: { code: 'SERVER_BUSY' } };
    press(element, 'Sign out');
    await shows(element, 'too much to do');
    expect(deepText(element)).to.contain('Press Studio');
  });

  it('signs out', async () => {
    const { element, server } = await open('/');
    press(element, 'Sign out');
    await shows(element, 'for the staff of the vendor');
    expect(server.session).to.equal('none');
  });

  it('offers to try again when the server does not answer', async () => {
    const server = new FakeServer();
    let isDown = true;
    const api = new ConsoleApi((path, init) =>
      isDown ? Promise.reject(new TypeError('down')) : server.fetch(path, init),
    );
    const element = await fixture<LkConsole>(html`<lk-console .api=${api}></lk-console>`);
    await shows(element, 'The server did not answer.');
    await expect(element).to.be.accessible();
    isDown = false;
    press(element, 'Try again');
    await shows(element, 'Overview');
  });

  it('folds the navigation open and shut', async () => {
    const { element } = await open('/');
    const menu = deep<HTMLButtonElement>(element, '.menu');
    menu.click();
    await settled(element);
    expect(menu.getAttribute('aria-expanded')).to.equal('true');
    menu.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled(element);
    expect(menu.getAttribute('aria-expanded')).to.equal('false');
  });
});
