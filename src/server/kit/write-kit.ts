import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Profile } from '../../api/profile.ts';
import { deviceDoors } from '../http/public/doors.ts';
import { inlineSources } from '../http/public/inline-sources.ts';
import { manifestOf } from '../http/public/profile.ts';
import { loadStaticFiles, type StaticFiles } from '../http/public/static-files.ts';
import { deviceRights, headersOf } from '../http/request/security-headers.ts';
import { answerFiles, type Files } from './answers.ts';
import { guidePage } from './guide.ts';
import type { KitOptions } from './options.ts';
import { type AppPlace, policyFiles } from './policies.ts';
import { singleFile } from './single-file.ts';

/** A kit that was written. */
export interface Kit {
  readonly origin: string;
  readonly singleFileName: string;
}

const scripts = fileURLToPath(new URL('./files/', import.meta.url));
/** Scripts at the top of the kit, which people start; the others are in its folder `kit`. */
const starters = ['start-linux.sh', 'start-mac.command', 'start-windows.cmd'];
const programs = ['start.sh', 'start.ps1', 'serve.pl', 'serve.py', 'serve.ps1'];

/**
 * Writes the folder for a stick: the app with its vendor's profile, servers, start scripts, policies, guide, and the
 * app as one file. What was there of an older kit is replaced; other files are left alone.
 *
 * @param nowMs - Milliseconds since the Unix epoch: of two kits the later one is the newer.
 * @throws TypeError - when the folder holds a kit of another address.
 */
export function writeKit(options: KitOptions, profile: Profile, nowMs: number): Kit {
  const { name, port, out, distFolder } = options;
  const origin = `http://${name}.latchkey.localhost:${port}`;
  refuseOtherAddress(out, origin);
  const app = loadStaticFiles(join(distFolder, 'device'));
  const place: AppPlace = { name, title: plainTitle(profile.brand.name), origin };
  const singleFileName = `${name}.html`;
  const page = singleFile(loadStaticFiles(join(distFolder, 'single')), { profile, name });
  const kit = new Map([
    ...inFolder('site', siteFiles(app, profile, { origin, nowMs })),
    ...inFolder('policies', policyFiles(place)),
    ...programs.map(program => [program, scriptFile(program, options, place)] as const),
    ['built', text(`${nowMs}\n`)],
    ['kit.json', text(`${JSON.stringify({ origin, built: nowMs }, null, 2)}\n`)],
    ['icon.png', app.get('/icons/icon-192.png')?.body ?? text('')],
  ]);
  mkdirSync(out, { recursive: true });
  replaceFolder(join(out, 'kit'), kit);
  for (const starter of starters) write(join(out, starter), scriptFile(starter, options, place));
  write(join(out, singleFileName), text(page));
  write(join(out, 'START HERE.html'), text(guidePage({ ...place, profile, singleFileName })));
  return { origin, singleFileName };
}

function siteFiles(app: StaticFiles, profile: Profile, kit: { origin: string; nowMs: number }): Files {
  const rights = deviceRights(profile.portals, inlineSources(app));
  return answerFiles({
    files: app,
    json: {
      '/profile': profile,
      '/manifest.webmanifest': manifestOf(profile, deviceDoors),
      '/kit.json': { origin: kit.origin, built: kit.nowMs },
    },
    headers: headersOf({ ...rights, isHttps: false }),
  });
}

function refuseOtherAddress(out: string, origin: string): void {
  const file = join(out, 'kit', 'kit.json');
  if (!existsSync(file)) return;
  const { origin: kept }: { origin?: unknown } = JSON.parse(readFileSync(file, 'utf8'));
  if (kept === origin) return;
  throw new TypeError(
    `${out} holds a kit for ${kept}, not for ${origin}: machines that have it would lose their license`,
  );
}

/** Of the characters that mean nothing to a shell, a registry or a desktop entry. */
function plainTitle(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N} .,()_-]/gu, '').trim() || 'License';
}

function scriptFile(name: string, { port }: KitOptions, place: AppPlace): Uint8Array {
  const script = readFileSync(join(scripts, name), 'utf8')
    .replaceAll('@NAME@', place.name)
    .replaceAll('@PORT@', String(port))
    .replaceAll('@TITLE@', place.title);
  // What Windows reads a line at a time wants its ends of lines.
  return text(/\.(cmd|ps1)$/.test(name) ? script.replaceAll('\n', '\r\n') : script);
}

function inFolder(folder: string, files: Files): [string, Uint8Array][] {
  return [...files].map(([name, bytes]) => [`${folder}/${name}`, bytes]);
}

/** The folder is the old one or the new one, whole, but for the moment between two renames. */
function replaceFolder(folder: string, files: Files): void {
  const [fresh, old] = [`${folder}.new`, `${folder}.old`];
  for (const left of [fresh, old]) rmSync(left, { recursive: true, force: true });
  for (const [name, bytes] of files) write(join(fresh, name), bytes);
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(fresh, folder);
  rmSync(old, { recursive: true, force: true });
}

function write(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes, { mode: /\.(sh|command|pl|py)$/.test(path) ? 0o755 : 0o644 });
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
