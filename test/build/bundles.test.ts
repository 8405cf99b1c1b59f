import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What an app holds for certain, which proves that its modules were listed, and what it must not hold. */
const apps = [
  { mode: 'device', holds: 'src/client', never: ['issue', 'server', 'portal', 'console', 'api'] },
  { mode: 'single', holds: 'src/client', never: ['issue', 'server', 'portal', 'console', 'api'] },
  { mode: 'sample', holds: 'src/client', never: ['issue', 'server', 'portal', 'console', 'api', 'device'] },
  {
    mode: 'portal',
    holds: 'src/portal',
    never: ['issue', 'request', 'server', 'console', 'client', 'store'],
  },
  {
    mode: 'console',
    holds: 'src/console',
    never: ['issue', 'request', 'server', 'portal', 'client', 'store'],
  },
];

/** The source files of which the built app has at least one byte, from the project's root. */
async function modulesOf(mode: string): Promise<string[]> {
  const outDir = await mkdtemp(join(tmpdir(), `latchkey-${mode}-`));
  const modules = new Set<string>();
  const collect = {
    name: 'collect-modules',
    generateBundle(_options: unknown, bundle: Record<string, { modules?: Record<string, unknown> }>) {
      for (const output of Object.values(bundle))
        for (const id of Object.keys(output.modules ?? {})) modules.add(relative(root, id));
    },
  };
  try {
    await build({
      mode,
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir },
      plugins: [collect],
    });
  } finally {
    await rm(outDir, { recursive: true });
  }
  return [...modules];
}

for (const { mode, holds, never } of apps) {
  test(`the built ${mode} app holds nothing of ${never.join(', ')}`, async () => {
    const modules = await modulesOf(mode);
    assert.ok(
      modules.some(id => id.startsWith(`${holds}/`)),
      `expected modules of ${holds}, got ${modules.join(' ')}`,
    );
    const foreign = modules.filter(id => never.some(folder => id.startsWith(`src/${folder}/`)));
    assert.deepEqual(foreign, []);
  });
}

test('the device app as one file is one file, which asks for no other', async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'latchkey-single-'));
  try {
    const configFile = join(root, 'vite.config.ts');
    await build({ mode: 'single', configFile, logLevel: 'error', build: { outDir } });
    assert.deepEqual(await readdir(outDir), ['index.html']);
    const page = await readFile(join(outDir, 'index.html'), 'utf8');
    assert.equal(page.match(/<script/g)?.length, 1);
    assert.match(page, /<!-- kit -->/);
    assert.doesNotMatch(page, /import\(|new URL\(.{0,40}\.(js|wasm)|rel="manifest"/);
    // Chromium lets a page from a disk start no module as a worker.
    assert.doesNotMatch(page, /latchkeyWorker\(\d+\),\{type/);
    assert.equal(page.match(/new Worker\(latchkeyWorker\(\d+\)\)/g)?.length, 3);
  } finally {
    await rm(outDir, { recursive: true });
  }
});

test('the page of the device app holds its first script and style sheet, and asks for neither', async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'latchkey-page-'));
  try {
    await build({
      mode: 'device',
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir },
    });
    const page = await readFile(join(outDir, 'index.html'), 'utf8');
    assert.equal(page.match(/<script type="module">/g)?.length, 1);
    assert.doesNotMatch(page, /<script[^>]* src=|rel="stylesheet" crossorigin|modulepreload"/);
    assert.doesNotMatch(page, /import\([`'"]\.\//);
  } finally {
    await rm(outDir, { recursive: true });
  }
});
