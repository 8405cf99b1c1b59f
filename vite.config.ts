import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';
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

const browsers = ['chrome109', 'firefox115', 'safari16.4'];

export default defineConfig(({ mode }): UserConfig => {
  const app = apps[mode];
  if (!app) throw new TypeError(`expected --mode ${Object.keys(apps).join(' | ')}, got ${mode}`);
  return {
    root: path(app.root),
    publicDir: path('public'),
    plugins: app.serviceWorker ? [offline(app.serviceWorker)] : [],
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
      // What the first page needs is one file: through a service worker each further one costs its own round.
      rolldownOptions: {
        output: {
          comments: { legal: true },
          codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] },
        },
      },
    },
  };
});

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
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
