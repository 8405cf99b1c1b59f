import { readdirSync, readFileSync } from 'node:fs';
import type { VectorFile } from '../support/vector-reader.ts';

const here = new URL('.', import.meta.url);

/** Every file of vectors, with its text as it lies there. */
export const vectorFiles = readdirSync(here)
  .filter(name => name.endsWith('.json') && !name.endsWith('.schema.json'))
  .map(name => {
    const text = readFileSync(new URL(name, here), 'utf8');
    return { name, text, vectors: JSON.parse(text) as VectorFile };
  });
