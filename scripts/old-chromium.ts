import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { root, run } from './run.ts';

/** Builds of Chromium as they were years ago; the package carries the browser itself (MIT, 47 and 58 MB). */
const builds = {
  /** The floor. */
  109: {
    version: '109.0.6',
    integrity:
      'sha512-9hTE03DXnrWTiGNpfjLfmGhIfmiVAerSPinDb+x5bBdM4KF4PMM1NZ0A+V7WKazoA+CasSX/osHK8K0MuO6uqg==',
  },
  /** Below the floor. */
  92: {
    version: '92.0.0',
    integrity:
      'sha512-xCFop83v5gXKQTDGNfzj84F4f9QZkY9eShTu1pbWYOPB6wJNw9YgoX56zeVeRD7VL9AVwiS9VS9tgShnc5uR2g==',
  },
};
export type OldChromium = keyof typeof builds;
export const oldChromiums: readonly OldChromium[] = [109, 92];

const name = '@sparticuz/chromium';

/** An old Chromium that {@link fetchOldChromium} has unpacked; null when there is none. */
export function findOldChromium(build: OldChromium): string | null {
  const program = join(folderOf(build), 'chromium');
  return existsSync(program) ? program : null;
}

/** Gets an old Chromium from the npm registry, checks that it is the one meant, and unpacks it. */
export async function fetchOldChromium(build: OldChromium): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'latchkey-chromium-'));
  try {
    const { version, integrity } = builds[build];
    await must('npm', ['pack', `${name}@${version}`, '--prefer-offline', '--pack-destination', work]);
    const archive = join(work, `sparticuz-chromium-${version}.tgz`);
    const digest = createHash('sha512').update(readFileSync(archive)).digest('base64');
    if (`sha512-${digest}` !== integrity) throw new Error(`${name}@${version} is not the one expected`);
    await must('tar', ['xzf', archive, '-C', work, 'package/bin']);
    await unpack(join(work, 'package/bin'), folderOf(build));
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** Whole or not at all: another run may look for it meanwhile. */
async function unpack(from: string, to: string): Promise<void> {
  const half = `${to}-${process.pid}`;
  mkdirSync(half, { recursive: true });
  writeFileSync(join(half, 'chromium'), inflated(join(from, 'chromium.br')), { mode: 0o755 });
  const graphics = join(half, 'swiftshader.tar');
  writeFileSync(graphics, inflated(join(from, 'swiftshader.tar.br')));
  await must('tar', ['xf', graphics, '-C', half, '--no-same-owner']);
  rmSync(graphics);
  rmSync(to, { recursive: true, force: true });
  renameSync(half, to);
}

function inflated(file: string): Buffer {
  return brotliDecompressSync(readFileSync(file));
}

function folderOf(build: OldChromium): string {
  return join(root, 'node_modules/.cache/latchkey', `chromium-${builds[build].version}`);
}

async function must(command: string, args: string[]): Promise<void> {
  const { code, output } = await run(command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output}`);
}
