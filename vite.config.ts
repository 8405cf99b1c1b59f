import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { inlineStart } from './scripts/inline-start.ts';
import { singleFile } from './scripts/single-file.ts';

interface App {
  /** Folder of the app's index.html, which becomes the root of the built folder. */
  root: string;
  /** Source of the service worker, for the apps that work without a network. */
  serviceWorker?: { srcDir: string; filename: string };
  /** Whether the first script stands in the page, or all that the app is made of. */
  inline?: 'start' | 'all';
}

const apps: Record<string, App> = {
  device: { root: '.', serviceWorker: { srcDir: 'src/device', filename: 'sw.ts' }, inline: 'start' },
  single: { root: '.', inline: 'all' },
  portal: { root: 'src/portal' },
  console: { root: 'src/console' },
  sample: { root: 'examples/sample-app', serviceWorker: { srcDir: '.', filename: 'sw.ts' } },
};

const browsers = ['chrome109', 'firefox115', 'safari16.4'];

export default defineConfig(({ mode }): UserConfig => {
  const app = apps[mode];
  if (!app) throw new TypeError(`expected --mode ${Object.keys(apps).join(' | ')}, got ${mode}`);
  const isOneFile = app.inline === 'all';
  return {
    root: path(app.root),
    publicDir: isOneFile ? false : path('public'),
    plugins: [
      plainReason(),
      sha512Later(),
      ...(app.inline === 'start' ? [inlineStart()] : []),
      ...(app.inline === 'all' ? [singleFile()] : []),
      ...(app.serviceWorker ? [offline(app.serviceWorker)] : []),
    ],
    build: {
      outDir: path(`dist/${mode}`),
      emptyOutDir: true,
      target: browsers,
      // Chunks that come later need little besides the first one: nothing to preload.
      modulePreload: false,
      // A data: URL in place of a file needs room in the content security policy.
      assetsInlineLimit: isOneFile ? Number.POSITIVE_INFINITY : 0,
      // One style sheet, linked in the page: no script has to ask for any.
      cssCodeSplit: false,
      sourcemap: false,
      reportCompressedSize: false,
      // License notices of what is bundled stay in it.
      // What the first page needs is one file.
      rolldownOptions: {
        output: {
          comments: { legal: true },
          codeSplitting: isOneFile ? false : { groups: [{ name: 'start', tags: ['$initial'] }] },
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

/**
 * SHA-512 stands in one module with the SHA-256 that every start needs, and makes its tables when that is evaluated.
 * Those who need it come later, with a copy of their own.
 */
function sha512Later(): Plugin {
  return {
    name: 'sha512-later',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!source.endsWith('/sha2.js') || !importer?.includes('/@noble/curves/')) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      return resolved && `${resolved.id}?later`;
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
