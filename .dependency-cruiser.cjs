/**
 * The layers of src/. Each folder names the folders it may import; everything else in src/ is refused, and so are
 * a file of src/ that reaches into test/ or examples/, and a cycle. scripts/layers.ts refuses a folder that is not in
 * the table.
 */
const base = ['errors', 'bytes', 'crypto', 'cose', 'format', 'license', 'verify'];
const upTo = layer => base.slice(0, base.indexOf(layer) + 1);
const before = layer => base.slice(0, base.indexOf(layer));

/** @type {Record<string, string[]>} */
const allowed = {
  ...Object.fromEntries(base.map(layer => [layer, before(layer)])),
  request: base,
  issue: base,
  store: [...base, 'request'],
  platform: [...base, 'request'],
  ui: ['errors'],
  words: [...upTo('license'), 'ui'],
  client: [...base, 'request', 'store', 'platform', 'ui', 'words'],
  device: [...base, 'request', 'store', 'platform', 'ui', 'client'],
  api: [...upTo('bytes')],
  portal: [...base, 'platform', 'api', 'ui'],
  console: [...base, 'platform', 'api', 'ui', 'words'],
  server: [...base, 'issue', 'api'],
};

const isIn = names => `^src/(${names.join('|')})(/|\\.ts$)`;

const layerRules = Object.entries(allowed).map(([layer, names]) => ({
  name: `layer-${layer}`,
  comment: `src/${layer} may import only: ${names.join(', ') || 'nothing of src/'}`,
  severity: 'error',
  from: { path: isIn([layer]) },
  to: {
    path: '^src/',
    pathNot: [isIn([layer, ...names]), ...(layer === 'api' ? ['^src/format/'] : [])],
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'api-takes-only-types-of-format',
      severity: 'error',
      from: { path: isIn(['api']) },
      to: { path: isIn(['format']), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'src-stays-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|examples|scripts|dist)/' },
    },
    {
      name: 'only-server-imports-node',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/server/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'examples-use-the-library-face',
      comment: 'examples/ shows what a vendor can do: src/client and packages, nothing else of src/',
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: '^(src|test|scripts)/', pathNot: '^src/client/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
    {
      name: 'no-dev-dependency-in-src',
      severity: 'error',
      from: { path: '^(src|examples)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.d.ts'],
    },
  },
};
