import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { until } from './window.ts';

/** Name under which an element travels (WebDriver, section 11). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

const WAIT_UNTIL_STILL = `
  const [element, done] = arguments;
  element.scrollIntoView({ block: 'center' });
  let before = '';
  const look = () => {
    const { x, y } = element.getBoundingClientRect();
    const now = x + ' ' + y;
    if (now === before) return done();
    before = now;
    setTimeout(look, 100);
  };
  look();`;

/** A session of the WebDriver protocol, in plain HTTP. */
export class WebDriverSession {
  /** Starts a driver and a session of it. */
  static async start(
    program: string,
    capabilities: object,
    env: NodeJS.ProcessEnv,
  ): Promise<WebDriverSession> {
    const port = await freePort();
    const driver = spawn(program, [`--port=${port}`], { stdio: 'ignore', env });
    const address = `http://127.0.0.1:${port}`;
    try {
      await until('the driver', () => call(`${address}/status`, 'GET').then(() => true));
      const body = { capabilities: { alwaysMatch: capabilities } };
      const session = (await call(`${address}/session`, 'POST', body)) as SessionAnswer;
      return new WebDriverSession(driver, `${address}/session/${session.sessionId}`, session);
    } catch (error) {
      driver.kill();
      throw error;
    }
  }

  readonly version: string;
  readonly #driver: ChildProcess;
  readonly #address: string;

  private constructor(driver: ChildProcess, address: string, { capabilities }: SessionAnswer) {
    this.#driver = driver;
    this.#address = address;
    this.version = `${capabilities.browserName}/${capabilities.browserVersion}`;
  }

  async open(url: string): Promise<void> {
    await this.#post('/url', { url });
  }

  /** Evaluates an expression, waits for a promise, and returns its value. */
  async evaluate(expression: string): Promise<unknown> {
    const script = `
      const done = arguments[0];
      Promise.resolve(${expression}).then(value => done({ value }), error => done({ error: String(error) }));`;
    const answer = (await this.#post('/execute/async', { script, args: [] })) as EvaluateAnswer;
    if (answer.error) throw new Error(answer.error);
    return answer.value;
  }

  /** The id of the element that an expression gives. */
  async element(expression: string): Promise<string | null> {
    const script = `return ${expression}`;
    const answer = await this.#post('/execute/sync', { script, args: [] });
    return isRecord(answer) && typeof answer[ELEMENT] === 'string' ? answer[ELEMENT] : null;
  }

  /** Clicks an element once it stands still: what comes meanwhile would have another thing clicked, or nothing. */
  async click(element: string): Promise<void> {
    await this.#post('/execute/async', { script: WAIT_UNTIL_STILL, args: [{ [ELEMENT]: element }] });
    await this.#post(`/element/${element}/click`, {});
  }

  /** Types into a field; a file picker takes paths, one a line. */
  async type(element: string, text: string): Promise<void> {
    await this.#post(`/element/${element}/value`, { text });
  }

  /** What the page shows, as PNG. */
  async screenshot(): Promise<Buffer> {
    return Buffer.from(String(await call(`${this.#address}/screenshot`, 'GET')), 'base64');
  }

  async close(): Promise<void> {
    if (this.#driver.exitCode !== null || this.#driver.signalCode !== null) return;
    await call(this.#address, 'DELETE').catch(() => undefined);
    const exit = once(this.#driver, 'exit');
    this.#driver.kill();
    await exit;
  }

  #post(path: string, body: object): Promise<unknown> {
    return call(this.#address + path, 'POST', body);
  }
}

interface SessionAnswer {
  sessionId: string;
  capabilities: { browserName: string; browserVersion: string };
}

interface EvaluateAnswer {
  value?: unknown;
  error?: string;
}

async function call(address: string, method: string, body?: object): Promise<unknown> {
  const response = await fetch(address, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { value } = (await response.json()) as { value: unknown };
  if (isRecord(value) && typeof value.error === 'string') throw new Error(`${value.error}: ${value.message}`);
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (!address || typeof address === 'string') throw new Error('expected a port');
  return address.port;
}
