import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { extname, join, posix, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Context } from 'hono';
import { LatchkeyError } from '../../../errors.ts';
import type { SiteEnv } from '../request/site-env.ts';

type Body = Uint8Array<ArrayBuffer>;

interface StaticFile {
  body: Body;
  /** Null when it would not be smaller. */
  gzip: Body | null;
  type: string;
  /** Of the body; the compressed one adds a suffix. */
  etag: string;
  cacheControl: string;
}

/** The files of one built app by path, such as `/index.html`, all in memory: no path can lead out of the folder. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

const compressible = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.wasm']);

/** Reads a built app. @throws LatchkeyError SERVER_FAILED - when it was not built. */
export function loadStaticFiles(folder: string): StaticFiles {
  const names = globSync('**/*.*', { cwd: folder });
  if (!names.includes('index.html')) {
    throw new LatchkeyError('SERVER_FAILED', `no app in ${folder}: run npm run build`);
  }
  return new Map(names.map(name => [`/${name.split(sep).join(posix.sep)}`, loadFile(join(folder, name))]));
}

function loadFile(path: string): StaticFile {
  const body = new Uint8Array(readFileSync(path));
  const extension = extname(path);
  const zipped = compressible.has(extension) ? new Uint8Array(gzipSync(body, { level: 9 })) : body;
  return {
    body,
    gzip: zipped.length < body.length ? zipped : null,
    type: types[extension] ?? 'application/octet-stream',
    etag: createHash('sha256').update(body).digest('base64url').slice(0, 22),
    // Vite puts a hash of the content into the names under assets/.
    cacheControl: path.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
}

/**
 * Answers GET and HEAD with a file. With `fallback`, a path that names no file (a deep link) gets the app's page;
 * null when there is nothing to answer with.
 */
export function answerStatic(
  context: Context<SiteEnv>,
  files: StaticFiles,
  { fallback }: { fallback: boolean },
): Response | null {
  const { path } = context.req;
  const isDeepLink = fallback && !path.startsWith('/api/') && extname(path) === '';
  const file = files.get(path === '/' || isDeepLink ? '/index.html' : path);
  return file ? answerFile(context, file) : null;
}

function answerFile(context: Context<SiteEnv>, file: StaticFile): Response {
  const zipped = acceptsGzip(context.req.header('accept-encoding')) ? file.gzip : null;
  const etag = `"${file.etag}${zipped ? '-gzip' : ''}"`;
  const headers = {
    'cache-control': file.cacheControl,
    etag,
    ...(file.gzip ? { vary: 'accept-encoding' } : {}),
  };
  if (isKnown(context.req.header('if-none-match'), etag)) return context.body(null, 304, headers);
  const body = zipped ?? file.body;
  return context.body(body, 200, {
    ...headers,
    'content-type': file.type,
    'content-length': String(body.length),
    ...(zipped ? { 'content-encoding': 'gzip' } : {}),
  });
}

function acceptsGzip(header = ''): boolean {
  return header.split(',').some(part => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(part));
}

function isKnown(header = '', etag: string): boolean {
  return header.split(',').some(part => part.trim().replace(/^W\//, '') === etag || part.trim() === '*');
}
