import { createHash } from 'node:crypto';
import type { StaticFiles } from './static-files.ts';

/** What a content security policy allows to stand in a page, by its hash. */
export interface InlineSources {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** The hashes of the scripts and style sheets that stand in an app's page. @see https://www.w3.org/TR/CSP3/#match-element-to-source-list */
export function inlineSources(files: StaticFiles): InlineSources {
  const page = new TextDecoder().decode(files.get('/index.html')?.body);
  return {
    scripts: hashes(page, /<script(?: type="module")?>(.*?)<\/script>/gs),
    styles: hashes(page, /<style>(.*?)<\/style>/gs),
  };
}

function hashes(page: string, element: RegExp): string[] {
  return [...page.matchAll(element)].map(([, text = '']) => {
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  });
}
