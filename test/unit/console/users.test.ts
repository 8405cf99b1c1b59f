import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/license/lk-license-page.ts';
import '../../../src/console/issue/lk-issue-page.ts';
import '../../../src/console/users/lk-new-user-page.ts';
import '../../../src/console/users/lk-user-page.ts';
import '../../../src/console/users/lk-users-page.ts';
import type { LkIssuePage } from '../../../src/console/issue/lk-issue-page.ts';
import type { LkLicensePage } from '../../../src/console/license/lk-license-page.ts';
import type { LkNewUserPage } from '../../../src/console/users/lk-new-user-page.ts';
import type { LkUserPage } from '../../../src/console/users/lk-user-page.ts';
import type { LkUsersPage } from '../../../src/console/users/lk-users-page.ts';
import { FakeServer } from './fake-server.ts';
import { answer, deep, deepAll, deepText, mount, press, settled, shows, type } from './mount.ts';
import { ben, mona, userLicense } from './samples.ts';

const home = location.href;
afterEach(() => history.replaceState(null, '', home));

const password = 'abcde-fghjk-mnpqr-stvwx';

function withUserLicense(): FakeServer {
  const server = new FakeServer();
  server.licenses.push(structuredClone(userLicense));
  return server;
}

async function list(query = '', server = new FakeServer()) {
  history.replaceState(null, '', `/users${query}`);
  const mounted = await mount<LkUsersPage>(
    html`<lk-users-page .params=${new URLSearchParams(query)}></lk-users-page>`,
    server,
  );
  mounted.router.listen(() => {
    mounted.element.params = mounted.router.place.query;
  });
  return mounted;
}

describe('<lk-users-page>', () => {
  it('is accessible and lists the users', async () => {
    const { element } = await list();
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('Mona Müller').and.contain('1 to 2 of 2');
  });

  it('keeps search and order in the address, and starts from it', async () => {
    const { element, server } = await list();
    const search = deep<HTMLInputElement>(element, 'input[type=search]');
    search.value = 'mona';
    search.dispatchEvent(new Event('input'));
    await waitUntil(() => location.search === '?q=mona');
    await waitUntil(() => deepText(deep(element, '[role=status]')) === 'One user found');
    press(element, 'Devices');
    expect(location.search).to.equal('?q=mona&sort=devices');
    await settled(element);
    press(element, 'Devices');
    await waitUntil(() => location.search === '?q=mona&sort=devices&order=desc');
    const asked = () => server.lastCall('GET', '/users')?.query.toString();
    await waitUntil(() => asked() === 'q=mona&sort=devices&order=desc');
    await settled(element);
    expect(deep(element, 'th[aria-sort]').getAttribute('aria-sort')).to.equal('descending');
  });

  it('says what to do when nobody is there, or nobody is found', async () => {
    const server = new FakeServer();
    server.users = [];
    const empty = await list('', server);
    await expect(empty.element).to.be.accessible();
    expect(deepText(empty.element)).to.contain('No user yet');
    const { element } = await list('?q=nobody');
    press(element, 'Show all users');
    await shows(element, 'Mona Müller');
  });
});

describe('<lk-new-user-page>', () => {
  it('creates a user and shows the password once', async () => {
    const { element, server } = await mount<LkNewUserPage>(html`<lk-new-user-page></lk-new-user-page>`);
    await expect(element).to.be.accessible();
    type(element, 'name', 'Carla');
    press(deep(element, 'form'), 'Create user');
    await shows(element, password);
    expect(server.lastCall('POST', '/users')?.body).to.deep.equal({ name: 'Carla', password: null });
    await expect(element).to.be.accessible();
    press(element, 'Create another');
    await settled(element);
    expect(deepText(element)).to.not.contain(password);
  });

  it('takes a password that is chosen, and says what is wrong at the field', async () => {
    const { element, server } = await mount<LkNewUserPage>(html`<lk-new-user-page></lk-new-user-page>`);
    press(deep(element, 'form'), 'Create user');
    await shows(element, 'Fill this in.');
    type(element, 'name', mona.name);
    await settled(element);
    press(deep(element, 'form'), 'Create user');
    await shows(element, 'This is there twice.');
    type(element, 'name', 'Carla');
    deepAll(element, 'input[name=made]')[1]?.dispatchEvent(new Event('change'));
    await settled(element);
    type(element, 'password', 'short');
    press(deep(element, 'form'), 'Create user');
    await shows(element, 'This password is too short or too easy to guess.');
    await expect(element).to.be.accessible();
    type(element, 'password', 'correct horse battery');
    await settled(element);
    press(deep(element, 'form'), 'Create user');
    await shows(element, 'The password is the one that you chose.');
    const sent = server.lastCall('POST', '/users')?.body;
    expect(sent).to.deep.equal({ name: 'Carla', password: 'correct horse battery' });
  });
});

describe('<lk-user-page>', () => {
  it('is accessible, shows licenses and devices, and replaces the password', async () => {
    const { element, server } = await mount<LkUserPage>(
      html`<lk-user-page .userId=${mona.id}></lk-user-page>`,
      withUserLicense(),
    );
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('Users of Acme').and.contain('Press 7');
    press(element, 'Reset password…');
    await settled(element);
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('Devices that are activated go on.');
    press(deep(element, 'form'), 'Set the new password');
    await shows(element, password);
    expect(server.lastCall('POST', '/password')?.body).to.deep.equal({ password: null });
    await expect(element).to.be.accessible();
  });

  it('says what a user without license and device lacks', async () => {
    const { element } = await mount<LkUserPage>(html`<lk-user-page .userId=${ben.id}></lk-user-page>`);
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('None. Issue one').and.contain('no device');
  });
});

describe('a license for users', () => {
  const open = (server: FakeServer) =>
    mount<LkLicensePage>(html`<lk-license-page .licenseId=${userLicense.id}></lk-license-page>`, server);

  it('shows its users in the place of a key, and adds one', async () => {
    const { element, said } = await open(withUserLicense());
    await expect(element).to.be.accessible();
    const text = deepText(element);
    expect(text).to.contain('1 of 2 users.').and.contain('Devices: 1 of 3').and.not.contain('License key');
    expect(text).to.contain(
      'Who is removed here activates no further device; devices that are activated go on.',
    );
    press(element, 'ben@acme.example');
    await shows(element, '2 of 2 users.');
    expect(said).to.contain('ben@acme.example may activate this license now.');
  });

  it('leads to the page on which a user gets a new password', async () => {
    const { element } = await open(withUserLicense());
    const links = deepAll(element, 'lk-license-users').flatMap(panel => deepAll(panel, 'a'));
    const named = links.find(link => link.getAttribute('aria-label') === 'New password for Mona Müller');
    expect(named?.getAttribute('href')).to.equal(`/users/${mona.id}`);
  });

  it('asks before a user is removed', async () => {
    const { element, server } = await open(withUserLicense());
    press(element, 'Remove…');
    await shows(element, 'Remove Mona Müller?');
    await answer(element, 'Remove user');
    await shows(element, '0 of 2 users.');
    expect(server.lastCall('POST', '/remove')?.path).to.contain(mona.id);
  });

  it('says when it has as many users as it allows', async () => {
    const server = withUserLicense();
    const { element } = await open(server);
    const data = { field: 'users', rule: 'over-limit' };
    server.refuseNext = { ending: '/assign', status: 400, problem: { code: 'FIELD_REFUSED', data } };
    press(element, 'ben@acme.example');
    await shows(element, 'The license has as many users as it allows.');
    await expect(element).to.be.accessible();
  });
});

describe('<lk-issue-page> for users', () => {
  const open = (user = '', server = new FakeServer()) =>
    mount<LkIssuePage>(html`<lk-issue-page .user=${user}></lk-issue-page>`, server);

  it('issues to those who are picked, with their limits', async () => {
    const { element, server } = await open();
    deep<HTMLInputElement>(element, 'input[value=users]').click();
    await settled(element);
    await expect(element).to.be.accessible();
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'Fill this in.');
    await expect(element).to.be.accessible();
    press(element, 'Mona Müller');
    await settled(element);
    deep<HTMLInputElement>(element, 'input[name="terms.devicesPerUser.unlimited"]').click();
    await settled(element);
    type(element, 'terms.devicesPerUser', '2');
    await settled(element);
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'Its users can activate it now.');
    await expect(element).to.be.accessible();
    const sent = server.lastCall('POST', '/licenses')?.body;
    expect(sent).to.have.deep.property('users', [mona.id]);
    expect(sent).to.have.nested.property('terms.devicesPerUser', 2);
    expect(sent).to.have.nested.property('terms.maxUsers', null);
  });

  it('begins with the user whom the address names, who may be left out', async () => {
    const { element } = await open(mona.id);
    expect(deepText(deep(element, 'lk-chosen-users'))).to.contain('Mona Müller');
    press(element, 'Leave out');
    await shows(element, 'Nobody yet.');
  });

  it('gives up limits of users with a license key', async () => {
    const { element, server } = await open(mona.id);
    deep<HTMLInputElement>(element, 'input[name="terms.maxUsers.unlimited"]').click();
    await settled(element);
    deep<HTMLInputElement>(element, 'input[value=key]').click();
    await settled(element);
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
    const sent = server.lastCall('POST', '/licenses')?.body;
    expect(sent).to.have.property('users', null);
    expect(sent).to.have.nested.property('terms.maxUsers', null);
  });

  it('says when neither customer nor holder is filled in, and refuses nothing', async () => {
    const { element } = await open();
    expect(deepText(element)).to.contain('Neither customer nor holder is filled in');
    type(element, 'terms.holder', 'Acme');
    await settled(element);
    expect(deepText(element)).to.not.contain('Neither customer nor holder is filled in');
    type(element, 'terms.holder', ' ');
    await settled(element);
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
  });
});
