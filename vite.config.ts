import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

interface App {
  /** Folder of the app's index.html, which becomes the root of the built folder. */
  root: string;
  /** Source of the service worker, for the apps that work without a network. */
  serviceWorker?: { srcDir: string; filename: string };
}

const apps: Record<string, App> = {
  device: { root: '.', serviceWorker: { srcDir: 'src/device', filename: 'sw.ts' } },
  portal: { root: 'src/portal' },
  console: { root: 'src/console' },
  sample: { root: 'examples/sample-app', serviceWorker: { srcDir: '.', filename: 'sw.ts' } },
};

/** Modules whose chunks, with all that they import, the device app's page asks for together with its first script. */
const AHEAD = ['opening', 'first-page'];

const browsers = ['chrome109', 'firefox115', 'safari16.4'];

export default defineConfig(({ mode }): UserConfig => {
  const app = apps[mode];
  if (!app) throw new TypeError(`expected --mode ${Object.keys(apps).join(' | ')}, got ${mode}`);
  return {
    root: path(app.root),
    publicDir: path('public'),
    plugins: [plainReason(), fetchAhead(), ...(app.serviceWorker ? [offline(app.serviceWorker)] : [])],
    build: {
      outDir: path(`dist/${mode}`),
      emptyOutDir: true,
      target: browsers,
      // Chunks that come later need little besides the first one: nothing to preload.
      modulePreload: false,
      // A data: URL in place of a file would need room in the content security policy.
      assetsInlineLimit: 0,
      sourcemap: false,
      reportCompressedSize: false,
      // License notices of what is bundled stay in it.
      // What the first page needs is one file; for the device app three, which are compiled side by side.
      rolldownOptions: {
        output: {
          comments: { legal: true },
          // Nearly all of these runs at once: compiled on the thread that parses them, not one by one on the page's.
          // @see https://v8.dev/blog/explicit-compile-hints
          postBanner: ({ name }) => (AHEAD.includes(name) ? '//# allFunctionsCalledOnLoad' : ''),
          codeSplitting: {
            groups: [
              { name: 'start', tags: ['$initial'], priority: AHEAD.length },
              ...AHEAD.map((name, index) => ({
                name,
                test: new RegExp(`/src/device/${name}\\.ts$`),
                priority: AHEAD.length - 1 - index,
              })),
            ],
          },
        },
      },
    },
  };
});

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}

/** What each page says of itself when it has not started: the part that is the same for all. */
function plainReason(): Plugin {
  const place = '<!-- plain-reason.html -->';
  return {
    name: 'plain-reason',
    transformIndexHtml: {
      order: 'pre',
      handler: html => {
        if (!html.includes(place)) throw new TypeError(`expected ${place} in the page`);
        return html.replace(place, readFileSync(path('src/ui/plain-reason.html'), 'utf8').trim());
      },
    },
  };
}

/** The first script imports these when it runs; the browser shall have them by then. */
function fetchAhead(): Plugin {
  return {
    name: 'fetch-ahead',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter(output => output.type === 'chunk');
        const ahead = chunks.filter(({ name }) => AHEAD.includes(name));
        const files = new Set(ahead.flatMap(({ fileName, imports }) => [fileName, ...imports]));
        for (const { fileName } of chunks.filter(({ isEntry }) => isEntry)) files.delete(fileName);
        return [...files].map(file => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', href: `/${file}` },
          injectTo: 'head' as const,
        }));
      },
    },
  };
}

/** The server serves the manifest and the page registers the worker, so the plugin only compiles it. */
function offline(source: { srcDir: string; filename: string }) {
  return VitePWA({
    strategies: 'injectManifest',
    ...source,
    injectRegister: false,
    manifest: false,
    injectManifest: {
      globPatterns: ['**/*.{html,js,css,wasm,svg,png,woff2}'],
      maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
      target: 'es2022',
      sourcemap: false,
    },
  });
}
