// Who may import whom: the table in docs/ARCHITECTURE.md, enforced by `npm run check:rooms`.

/** The rooms of src/ and, for each, the rooms it may import besides itself. */
const mayImport = {
  protocol: [],
  core: ['protocol'],
  storage: ['core', 'protocol'],
  bridge: ['core', 'protocol'],
  i18n: ['protocol'],
  stores: ['core', 'bridge', 'storage', 'i18n', 'protocol'],
  ui: ['stores', 'core', 'i18n', 'protocol'],
  pwa: ['core', 'protocol'],
};

const roomRules = Object.entries(mayImport).map(([room, others]) => ({
  name: `room-${room}`,
  comment: `src/${room} may import only: ${[room, ...others].join(', ')} and packages`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^(src|workers|scripts|test)/', pathNot: `^src/(${[room, ...others].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'room-widget',
      comment:
        "the embedder's script may import only its protocol and the list of languages, and no package",
      severity: 'error',
      from: { path: '^src/(widget/|protocol/widget)' },
      to: { pathNot: '^src/(widget/|protocol/(widget|languages))' },
    },
    {
      name: 'room-workers',
      comment:
        'workers may import protocol, core and the layouts of storage; never stores, ui or the DOM',
      severity: 'error',
      from: { path: '^workers/' },
      to: {
        path: '^(src|scripts|test)/',
        pathNot: '^src/(protocol/|core/|storage/(weights|conversation-))',
      },
    },
    {
      name: 'engines-only-in-adapters',
      comment:
        'only workers/engines/ may import an inference engine; its wasm is fetched by the page',
      severity: 'error',
      from: { pathNot: '^workers/engines/' },
      to: { path: 'node_modules/(@mlc-ai|@wllama)/', pathNot: '\\.wasm$' },
    },
    {
      name: 'indexeddb-only-in-storage',
      comment: 'only storage/ and workers/ touch IndexedDB',
      severity: 'error',
      from: { pathNot: '^(src/storage|workers)/' },
      to: { path: 'node_modules/idb-keyval/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      comment: 'Vite reads `?url` off what a package exports; this program does not',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '/wasm\\?url$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'browser', 'default'],
      extensions: ['.ts', '.svelte.ts', '.svelte', '.js', '.mjs', '.cjs'],
    },
  },
};
