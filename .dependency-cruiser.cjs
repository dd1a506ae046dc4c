/**
 * Imports run one way: cli, node → cases, share, screen, watch → trace → attribution → ledger → chain.
 * `client` speaks to a node over HTTP and needs nothing of it.
 * `simulate` writes files like any other source of chain data, so it knows `chain` alone.
 */
const domains = ['cases', 'share', 'screen', 'watch']
const trace = ['chain', 'ledger', 'attribution']
const below = {
  chain: [],
  ledger: ['chain'],
  attribution: ['chain', 'ledger'],
  trace,
  simulate: ['chain'],
  client: [],
  ...Object.fromEntries(domains.map((room) => [room, [...trace, 'trace', ...domains]])),
  node: [...trace, 'trace', ...domains],
  cli: [...trace, 'trace', ...domains, 'simulate', 'node'],
}

const oneWay = Object.entries(below).map(([room, allowed]) => ({
  name: `one-way-${room}`,
  comment: `src/${room} may import ${allowed.length === 0 ? 'no other room' : allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [room, ...allowed].map((name) => `^src/${name}/`) },
}))

module.exports = {
  forbidden: [
    ...oneWay,
    {
      name: 'known-rooms',
      comment: 'Every folder of src is a room with a place in the order: add it to .dependency-cruiser.cjs.',
      severity: 'error',
      from: { path: '^src/', pathNot: Object.keys(below).map((room) => `^src/${room}/`) },
      to: {},
    },
    {
      name: 'through-the-door',
      comment: "Rooms talk through each other's index.ts.",
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'only-the-package',
      comment: 'What runs must not need tests, benchmarks, scripts or tools that users do not install.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|examples|scripts)/' },
    },
    {
      name: 'no-tools-at-run-time',
      comment: 'Users do not install devDependencies.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
