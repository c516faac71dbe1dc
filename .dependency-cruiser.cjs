/**
 * The layers of ARCHITECTURE.md as rules: a layer imports only from the layers to its left, only through their index.ts, and
 * each may reach only the outside it needs. `npm run check` runs it.
 */
const LAYERS = ['base', 'syntax', 'model', 'escape', 'rules', 'config', 'review', 'report', 'lsp', 'host', 'node', 'web', 'cli', 'bin'];

const layerRules = LAYERS.map((layer, i) => ({
  name: `${layer}-imports-only-from-its-left`,
  severity: 'error',
  from: { path: `^server/src/${layer}/` },
  to: { path: `^server/src/(${LAYERS.slice(i + 1).join('|') || 'none'})/` },
}));

const doorRules = LAYERS.map((layer) => ({
  name: `${layer}-is-entered-through-its-index`,
  severity: 'error',
  from: { path: '^server/src/', pathNot: `^server/src/${layer}/` },
  to: { path: `^server/src/${layer}/`, pathNot: `^server/src/${layer}/index\\.ts$` },
}));

/** Packages that only these layers may import. */
const PACKAGE_OWNERS = [
  ['vscode-languageserver', 'lsp|host|node|web|cli|bin'],
  ['commander|cli-progress', 'cli'],
  ['yaml|smol-toml|jsonc-parser', 'config'],
];

const packageRules = PACKAGE_OWNERS.map(([packages, owners]) => ({
  name: `only-${owners.replaceAll('|', '-')}-imports-${packages.split('|')[0]}`,
  severity: 'error',
  from: { path: '^server/src/', pathNot: `^server/src/(${owners})/` },
  to: { path: `^node_modules/(${packages})` },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...doorRules,
    ...packageRules,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'only-hosts-touch-node',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/(node|cli|bin)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'a-rule-imports-no-other-rule',
      severity: 'error',
      from: { path: '^server/src/rules/([^/]+)/' },
      to: { path: '^server/src/rules/([^/]+)/', pathNot: '^server/src/rules/($1|kit)/' },
    },
    {
      name: 'the-extension-knows-only-the-protocol',
      severity: 'error',
      from: { path: '^extension/src/' },
      to: { path: '^server/', pathNot: '^server/src/lsp/protocol\\.ts$' },
    },
    { name: 'no-unresolved-imports', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^vscode$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json', '.d.ts'],
    },
  },
};
