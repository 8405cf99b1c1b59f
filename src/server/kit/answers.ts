import { createHash } from 'node:crypto';
import type { StaticFiles } from '../http/public/static-files.ts';

/** One answer of the kit's server, but for what is the same in all. */
interface Answer {
  readonly status: string;
  readonly type: string;
  readonly body: Uint8Array;
  readonly cacheControl?: string;
}

/** Files of a folder by their names. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** What is served beside the build, by path. */
export interface Served {
  readonly files: StaticFiles;
  /** JSON by path, such as `/profile`. */
  readonly json: Readonly<Record<string, object>>;
  /** Headers of every answer. */
  readonly headers: Readonly<Record<string, string>>;
}

const refusals: Readonly<Record<string, string>> = {
  404: 'Not Found',
  405: 'Method Not Allowed',
  421: 'Misdirected Request',
};

/**
 * The folder that the kit's servers answer from: each answer whole, headers and body, in a file of its own, and
 * `routes.txt`, which names the file of each path and of each refusal. So a server, in whichever language, knows no
 * header, no type and no rule of the app.
 */
export function answerFiles({ files, json, headers }: Served): Files {
  const answers = new Map<string, Answer>();
  for (const [path, file] of files) answers.set(path, { status: '200 OK', ...file });
  for (const [path, value] of Object.entries(json)) answers.set(path, jsonAnswer(path, value));
  for (const [code, words] of Object.entries(refusals)) {
    const body = new TextEncoder().encode(`${words}\n`);
    answers.set(code, { status: `${code} ${words}`, type: 'text/plain; charset=utf-8', body });
  }
  const page = answers.get('/index.html');
  if (page) answers.set('/', page);
  const written = [...answers].map(([key, answer]) => ({ key, bytes: wholeAnswer(answer, headers) }));
  const rows = written.map(({ key, bytes }) => `${key} ${nameOf(bytes)}\n`).sort();
  return new Map([
    ['routes.txt', new TextEncoder().encode(rows.join(''))],
    ...written.map(({ bytes }) => [nameOf(bytes), bytes] as const),
  ]);
}

function jsonAnswer(path: string, value: object): Answer {
  const type = path.endsWith('.webmanifest') ? 'application/manifest+json' : 'application/json';
  return { status: '200 OK', type, body: new TextEncoder().encode(JSON.stringify(value)) };
}

function wholeAnswer(answer: Answer, headers: Served['headers']): Uint8Array {
  const lines = Object.entries({
    ...headers,
    'content-type': answer.type,
    'content-length': String(answer.body.length),
    'cache-control': answer.cacheControl ?? 'no-cache',
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([
    Buffer.from([`HTTP/1.1 ${answer.status}`, ...lines, '', ''].join('\r\n')),
    answer.body,
  ]);
}

/** Of the content, so that a folder that is being replaced never gives a wrong answer. */
function nameOf(bytes: Uint8Array): string {
  return `${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}.http`;
}
