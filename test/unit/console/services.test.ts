import { expect } from '@open-wc/testing';
import { ConsoleApi } from '../../../src/console/services/api/console-api.ts';
import { Router } from '../../../src/console/services/router.ts';
import { SERVER_ERROR_CODES } from '../../../src/errors.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { FakeServer } from './fake-server.ts';
import { idOf } from './samples.ts';

const answering = (status: number, body: BodyInit | null) =>
  new ConsoleApi(async () => new Response(body, { status }));

describe('ConsoleApi', () => {
  it('reads answers of the shape that the API states', async () => {
    const { items } = await new ConsoleApi(new FakeServer().fetch).products.list();
    expect(items.map(({ code }) => code)).to.deep.equal(['press-studio', 'ink-lab']);
  });

  it('throws the code that the server gives, with its data', async () => {
    for (const code of SERVER_ERROR_CODES.filter(each => each !== 'SIGN_IN_NEEDED')) {
      const api = answering(400, JSON.stringify({ code }));
      expect(await codeOfAsync(() => api.overview())).to.equal(code);
    }
  });

  it('throws SERVER_FAILED for an answer that is none', async () => {
    for (const api of [
      answering(500, '<html>'),
      answering(502, null),
      answering(200, '{}'),
      answering(400, '{"code":"ODD"}'),
    ]) {
      expect(await codeOfAsync(() => api.overview())).to.equal('SERVER_FAILED');
    }
  });

  it('throws SERVER_UNREACHABLE without an answer', async () => {
    const api = new ConsoleApi(async () => Promise.reject(new TypeError('failed to fetch')));
    expect(await codeOfAsync(() => api.overview())).to.equal('SERVER_UNREACHABLE');
  });

  it('sends a call again after the person has signed in again', async () => {
    const server = new FakeServer();
    const api = new ConsoleApi(server.fetch);
    server.session = 'none';
    const asked: string[] = [];
    api.signInAgain = async code => {
      asked.push(code);
      server.session = server.session === 'none' ? 'one-time' : 'open';
      return true;
    };
    expect((await api.licenses.read(idOf(1))).id).to.equal(idOf(1));
    expect(asked).to.deep.equal(['SIGN_IN_NEEDED', 'PASSWORD_CHANGE_NEEDED']);
  });

  it('throws SIGN_IN_NEEDED when the person does not sign in again', async () => {
    const server = new FakeServer();
    server.session = 'none';
    expect(await codeOfAsync(() => new ConsoleApi(server.fetch).overview())).to.equal('SIGN_IN_NEEDED');
  });

  it('sends no body where the API takes none', async () => {
    const server = new FakeServer();
    await new ConsoleApi(server.fetch).licenses.setEnabled(idOf(1), false);
    expect(server.lastCall('POST', '/disable')?.body).to.equal(undefined);
  });
});

describe('Router', () => {
  const home = location.href;
  let stop = () => {};

  afterEach(() => {
    stop();
    history.replaceState(null, '', home);
  });

  function started(): Router {
    const router = new Router();
    stop = router.start();
    return router;
  }

  const turned = (router: Router) => new Promise<void>(resolve => router.listen(resolve));

  it('follows a link without loading the page', async () => {
    const router = started();
    const link = document.createElement('a');
    link.href = '/licenses?q=acme';
    document.body.append(link);
    const arrived = turned(router);
    link.click();
    await arrived;
    link.remove();
    expect(router.place.path).to.equal('/licenses');
    expect(router.place.query.get('q')).to.equal('acme');
    expect(router.wantsFocus).to.equal(true);
  });

  it('leaves links alone that are not its own', async () => {
    started();
    const link = document.createElement('a');
    link.href = '/licenses';
    link.target = '_blank';
    let isPrevented = true;
    const last = (event: Event) => {
      isPrevented = event.defaultPrevented;
      event.preventDefault();
    };
    window.addEventListener('click', last, { once: true });
    document.body.append(link);
    link.click();
    link.remove();
    expect(isPrevented).to.equal(false);
  });

  it('keeps the query without a step back and without moving the focus', async () => {
    const router = started();
    const { length } = history;
    router.setQuery(new URLSearchParams('page=2'));
    expect(router.place.query.get('page')).to.equal('2');
    expect(history.length).to.equal(length);
    expect(router.wantsFocus).to.equal(false);
  });

  it('asks before something typed is lost and stays when told so', async () => {
    const router = started();
    router.askToLeave = async () => false;
    const end = router.guard(path => path !== '/same');
    expect(await router.go('/other')).to.equal(false);
    expect(await router.go('/same')).to.equal(true);
    end();
    expect(await router.go('/other')).to.equal(true);
  });

  it('puts the address back when the browser went and the person stays', async () => {
    const router = started();
    await router.go('/one');
    await router.go('/two');
    let hasAsked = () => {};
    const asked = new Promise<void>(resolve => {
      hasAsked = resolve;
    });
    router.askToLeave = async () => {
      hasAsked();
      return false;
    };
    router.guard(() => true);
    history.back();
    await asked;
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(location.pathname).to.equal('/two');
  });

  it('goes back when the person leaves', async () => {
    const router = started();
    await router.go('/one');
    await router.go('/two');
    router.askToLeave = async () => true;
    router.guard(() => true);
    const arrived = turned(router);
    history.back();
    await arrived;
    expect(router.place.path).to.equal('/one');
  });

  it('lets the browser ask before the page is closed', () => {
    const router = started();
    const unload = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(unload);
    expect(unload.defaultPrevented).to.equal(false);
    router.guard(() => true);
    const again = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(again);
    expect(again.defaultPrevented).to.equal(true);
  });
});
