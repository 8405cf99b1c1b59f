import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DECISION_ERROR_CODES, type ErrorCode, FILE_ERROR_CODES } from '../../src/errors.ts';
import { claims } from '../../src/format/claims.ts';
import { KINDS } from '../../src/format/kinds.ts';
import { decideRepeat } from '../../src/issue/decide/repeat.ts';
import { SIGNAL_NAMES } from '../../src/license/node-lock.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const specification = readFileSync(`${root}/FORMAT.md`, 'utf8');
const headings = [...specification.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => title);
const anchors = new Set(headings.map(anchorOf));

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}

/** The first column of the table under a heading. */
function firstColumn(heading: string): string[] {
  const [, section = ''] = specification.split(`\n### ${heading}\n`);
  const [table = ''] = section.split(/\n#+ /);
  return [...table.matchAll(/^\| ([A-Z0-9][A-Z0-9_]*) \|/gm)].map(([, name = '']) => name);
}

/** The numbers of the steps under a heading. */
function stepsOf(heading: string): number[] {
  const [, section = ''] = specification.split(new RegExp(`^#+ ${heading}$`, 'm'));
  const [text = ''] = section.split(/^#+ /m);
  return [...text.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
}

/** The steps that comments name in the files that cite a heading: `step 9`, `steps 3 and 4`, `steps 5 to 8`. */
function citedSteps(anchor: string): Set<number> {
  const sources = globSync('src/**/*.ts', { cwd: root }).map(path => readFileSync(`${root}/${path}`, 'utf8'));
  const cited = new Set<number>();
  for (const source of sources.filter(text => new RegExp(`FORMAT\\.md#${anchor}\\b(?!-)`).test(text))) {
    for (const [, first, join, last = first] of source.matchAll(/\bsteps? (\d+)(?: (and|to) (\d+))?/gi)) {
      cited.add(Number(last));
      for (let step = Number(first); step < Number(last); step += join === 'to' ? 1 : Infinity)
        cited.add(step);
    }
  }
  return cited;
}

describe('FORMAT.md', () => {
  it('has every heading that the code cites', () => {
    const cited = globSync('{src,test}/**/*.ts', { cwd: root }).flatMap(path =>
      [...readFileSync(`${root}/${path}`, 'utf8').matchAll(/FORMAT\.md#([a-z0-9-]+)/g)].map(
        ([, anchor = '']) => `${path} ${anchor}`,
      ),
    );
    assert.ok(cited.length > 50);
    const broken = cited.filter(line => !anchors.has(line.split(' ').at(-1) ?? ''));
    assert.deepEqual(broken, []);
  });

  it('has its steps cited in the files that cite their heading', () => {
    const numbered = headings.filter(heading => stepsOf(heading).length > 0);
    assert.ok(numbered.includes('Verifying') && numbered.includes('Deciding an activation request'));
    const missing = numbered.flatMap(heading => {
      const cited = citedSteps(anchorOf(heading));
      return stepsOf(heading).flatMap(step => (cited.has(step) ? [] : [`${heading}, step ${step}`]));
    });
    assert.deepEqual(missing, []);
  });

  it('has every heading that it links to itself', () => {
    const links = [...specification.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = '']) => anchor);
    assert.deepEqual(
      links.filter(anchor => !anchors.has(anchor)),
      [],
    );
  });

  it('lists the file codes and the decision codes of src/errors.ts, and no others', () => {
    assert.deepEqual(firstColumn('File codes').sort(), [...FILE_ERROR_CODES].sort());
    const decisions = [...DECISION_ERROR_CODES, 'PRODUCT_MISMATCH'];
    assert.deepEqual(firstColumn('Decision codes').sort(), decisions.sort());
  });

  it('lists the refusals that are decided anew', () => {
    const digest = new Uint8Array(32);
    const isDecidedAnew = (code: ErrorCode) =>
      decideRepeat([{ digest, code, receivedAtS: 0, answer: digest }], digest, 0) === 'anew';
    const [, listed = ''] = /Refusals that can change \(([A-Z_, ]+)\)/.exec(specification) ?? [];
    assert.deepEqual(listed.split(', ').sort(), DECISION_ERROR_CODES.filter(isDecidedAnew).sort());
    assert.ok(!isDecidedAnew('PRODUCT_MISMATCH'));
  });

  it('lists the claims of the registry by number and name', () => {
    for (const [name, { label }] of Object.entries(claims)) {
      assert.ok(specification.includes(`\n| ${label} | ${name} |`), `claim ${label} ${name}`);
    }
  });

  it('lists the kinds by number and name', () => {
    for (const [name, typ] of Object.entries(KINDS)) {
      assert.ok(specification.includes(`\n| ${typ} | ${name.replaceAll('-', ' ')} |`), name);
    }
  });

  it('lists the signals in their order', () => {
    assert.ok(specification.includes(SIGNAL_NAMES.join(', ')));
  });
});
