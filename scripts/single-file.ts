import { readFileSync } from 'node:fs';
import type { Plugin, Rolldown } from 'vite';
import { replaceTag } from './inline-start.ts';
import { root } from './run.ts';

/** Where `npm run kit` puts the vendor's profile and the content security policy, ahead of every script. */
const PLACE = '<!-- kit -->';

/**
 * Makes the device app one file that a browser opens from a disk: its script, its style sheet and its icon stand in the
 * page, its workers and its WebAssembly in the script. What such a page cannot have, a manifest, is not named.
 */
export function singleFile(): Plugin {
  return {
    name: 'single-file',
    enforce: 'post',
    transformIndexHtml: { order: 'pre', handler: withoutFiles },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const outputs = Object.values(bundle);
        const page = bundle['index.html'];
        const script = outputs.find(output => output.type === 'chunk');
        const style = outputs.find(({ fileName }) => fileName.endsWith('.css'));
        const workers = outputs.filter(output => output.type === 'asset' && output.fileName.endsWith('.js'));
        if (page?.type !== 'asset' || script?.type !== 'chunk' || style?.type !== 'asset')
          throw new TypeError('expected a page, one script and a style sheet');
        const code = escaped(withWorkers(script.code, workers));
        const html = replaceTag(String(page.source), script.fileName, 'script', code);
        page.source = replaceTag(html, style.fileName, 'style', String(style.source));
        for (const output of outputs) if (output !== page) delete bundle[output.fileName];
        if (/(src|href)="\//.test(page.source)) throw new TypeError('the page asks for a file');
      },
    },
  };
}

function withoutFiles(html: string): string {
  const icon = readFileSync(`${root}public/icons/icon.svg`, 'base64');
  const style = readFileSync(`${root}public/no-script.css`, 'utf8').replaceAll(/\/\*.*?\*\//gs, '');
  return html
    .replace(/<link rel="manifest"[^>]*>/, PLACE)
    .replace('href="/icons/icon.svg"', `href="data:image/svg+xml;base64,${icon}"`)
    .replace(/<link rel="stylesheet" href="\/no-script.css">/, `<style>${style.trim()}</style>`);
}

/**
 * A worker starts from an address: one that the page makes of the worker's text. As a classic script, which it is
 * once it is built: Chromium asks for a module across origins, and a page from a disk has none.
 */
function withWorkers(code: string, workers: readonly Rolldown.OutputBundle[string][]): string {
  const texts: string[] = [];
  const started = workers.reduce((text, worker) => {
    const address = new RegExp(
      `new URL\\([\`'"]/${worker.fileName}[\`'"],[^()]*import\\.meta\\.url\\),\\{type:[\`'"]module[\`'"]\\}`,
      'g',
    );
    if (!address.test(text)) throw new TypeError(`nothing starts ${worker.fileName}`);
    const source = worker.type === 'asset' ? String(worker.source) : worker.code;
    return text.replace(address, `latchkeyWorker(${texts.push(source) - 1})`);
  }, code);
  return (
    `const latchkeyWorkers=${JSON.stringify(texts)},latchkeyWorker=i=>URL.createObjectURL(` +
    `new Blob([latchkeyWorkers[i]],{type:"text/javascript"}));${started}`
  );
}

/** These would end the element in which a script stands, or hide its end, whatever they stand in themselves. */
function escaped(code: string): string {
  return code.replaceAll(/<(?=!--|\/?script)/gi, '\\x3C');
}
