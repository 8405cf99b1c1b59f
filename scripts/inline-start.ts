import type { ESTree, Plugin, Rolldown } from 'vite';

/** Where a script that stands in the page leaves what the modules that come later import of it. */
const PLACE = 'globalThis.latchkeyStart';

interface Exported {
  readonly local: string;
  readonly name: string;
}

/**
 * Puts an app's first script and its style sheet into its page, so that a start asks for one file and not for three.
 * A module that stands in a page cannot be imported: its file stays, and hands on what the script in the page exports.
 * The server names both by their hashes in the content security policy.
 */
export function inlineStart(): Plugin {
  return {
    name: 'inline-start',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const { page, script, style } = partsOf(bundle);
        const { code, exported } = withoutExports(script.code, this.parse(script.code));
        const kept = exported.map(({ local, name }) => `${name}:${local}`).join(',');
        const html = String(page.source);
        const withScript = replaceTag(
          html,
          script.fileName,
          'script',
          `${absolute(code)}${PLACE}={${kept}};`,
        );
        page.source = replaceTag(withScript, style.fileName, 'style', String(style.source));
        script.code = handingOn(exported);
        delete bundle[style.fileName];
      },
    },
  };
}

function partsOf(bundle: Rolldown.OutputBundle) {
  const outputs = Object.values(bundle);
  const page = bundle['index.html'];
  const script = outputs.find(output => output.type === 'chunk' && output.isEntry);
  const style = outputs.find(({ fileName }) => /^assets\/.*\.css$/.test(fileName));
  if (page?.type === 'asset' && script?.type === 'chunk' && style?.type === 'asset')
    return { page, script, style };
  throw new TypeError('expected a page, its script and its style sheet');
}

/** The script and the list of its one export statement, which stands at its end. */
function withoutExports(code: string, { body }: ESTree.Program) {
  const last = body.at(-1);
  const isAlone = body.every(node => node === last || !/^(Import|Export)/.test(node.type));
  if (!isAlone || last?.type !== 'ExportNamedDeclaration' || last.source)
    throw new TypeError('expected a script that imports nothing and exports at its end');
  const exported = last.specifiers.map(({ local, exported }) => ({
    local: nameOf(local),
    name: nameOf(exported),
  }));
  return { code: code.slice(0, last.start), exported };
}

function nameOf(node: ESTree.ModuleExportName): string {
  return node.type === 'Literal' ? node.value : node.name;
}

/** What stands beside the script's file is asked for by its address: the page's own may be any. */
function absolute(code: string): string {
  return code.replaceAll(/\bimport\((["'`])\.\//g, 'import($1/assets/');
}

/**
 * Names may be reserved words: they are taken under others. They are taken as they are then: whoever gives an export
 * another value does so while the page's script runs, as the texts are configured.
 */
function handingOn(exported: readonly Exported[]): string {
  const taken = exported.map(({ name }, index) => `${name}:e${index}`).join(',');
  const given = exported.map(({ name }, index) => `e${index} as ${name}`).join(',');
  return `const{${taken}}=${PLACE};export{${given}};`;
}

/** Puts an element with this text in place of the one that names a file. */
export function replaceTag(html: string, fileName: string, tag: 'script' | 'style', text: string): string {
  // These would end the element, or hide its end, whatever they stand in.
  if (/<!--|<\/?(script|style)/i.test(text)) throw new TypeError(`${fileName} cannot stand in a page`);
  const type = tag === 'script' ? ' type="module"' : '';
  const named = new RegExp(`<(script|link)\\b[^>]*"/${fileName}"[^>]*>(</script>)?`);
  if (!named.test(html)) throw new TypeError(`the page does not name ${fileName}`);
  return html.replace(named, () => `<${tag}${type}>${text.trim()}</${tag}>`);
}
