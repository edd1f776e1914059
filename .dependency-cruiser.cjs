/** The rooms of docs/architecture.md: who may import whom. */
const adaptersOf = '^src/adapters/((?:chat/|store/)?[^/]+)/';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-imports-only-core',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/', pathNot: '^src/core/' },
    },
    {
      name: 'core-knows-no-node-module-or-sdk',
      severity: 'error',
      from: { path: '^src/core/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev'],
        pathNot: 'node_modules/(zod|rrule-temporal|temporal-polyfill|temporal-spec|date-holidays)/',
      },
    },
    {
      name: 'inner-rooms-know-no-adapter',
      severity: 'error',
      from: { path: '^src/(cards|i18n|runtime)/' },
      to: { path: '^src/(adapters|config|main|cli)' },
    },
    {
      name: 'blockkit-stands-alone',
      severity: 'error',
      from: { path: '^src/cards/blockkit/' },
      to: { path: '^src/', pathNot: '^src/cards/blockkit/' },
    },
    {
      name: 'no-adapter-imports-another',
      severity: 'error',
      from: { path: adaptersOf },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    },
    {
      name: 'only-the-composition-root-imports-adapters',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(adapters/|main|cli)' },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'botbuilder-stays-in-teams',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/chat/teams/' },
      to: { path: 'node_modules/(botbuilder|botframework)' },
    },
    {
      name: 'slack-stays-in-slack',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(adapters/chat/slack|cards/blockkit)/' },
      to: { path: 'node_modules/@slack/' },
    },
    {
      name: 'postgres-stays-in-postgres',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/store/postgres/' },
      to: { path: 'node_modules/(pg|graphile-worker)/' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
