import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const folder = fileURLToPath(new URL('empty-page', import.meta.url));
const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript' };

/** Serves the empty page, built as the apps are, while `work` runs. */
export async function withEmptySite<T>(port: number, work: (stop: () => void) => Promise<T>): Promise<T> {
  const files = await buildEmptyPage();
  const server = createServer(({ url = '/' }, response) => {
    const name = url === '/' ? 'index.html' : url.slice(1);
    const body = files.get(name);
    const type = types[name.split('.').at(-1) ?? ''] ?? 'text/plain';
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type }).end(body);
  });
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  try {
    return await work(stop);
  } finally {
    stop();
  }
}

/** Files by name: index.html, main.js and sw.js. */
async function buildEmptyPage(): Promise<Map<string, string | Uint8Array>> {
  const built = await build({
    configFile: false,
    root: folder,
    logLevel: 'error',
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: {
        input: { main: `${folder}/index.html`, sw: `${folder}/sw.ts` },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !('output' in output)) throw new TypeError('expected a build');
  return new Map(output.output.map(file => [file.fileName, file.type === 'chunk' ? file.code : file.source]));
}
