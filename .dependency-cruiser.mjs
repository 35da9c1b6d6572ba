// Which way the arrows run: docs/ARCHITECTURE.md says it in words, this file fails the check.

/** Tests, test worlds, benchmarks and tool configuration may reach further than the code that ships. */
const NOT_SHIPPED = String.raw`\.(test|test-d|bench)\.tsx?$|-suite\.ts$|/testing/|/__fixtures__/|^apps/(web/e2e|server/(test|faults))/|/bench/|/[^/]+\.config\.ts$`

/** Workspace folder → the workspace packages it may import, and the outside packages that belong to it. */
const ROOMS = {
  'packages/contract': { mayImport: [], onlyOutside: ['zod'] },
  'packages/ai': { mayImport: [], owns: ['openai', '@anthropic-ai/'] },
  'packages/db': { mayImport: ['packages/contract'], owns: ['kysely', 'pg', 'pg-types', '@electric-sql/pglite'] },
  'packages/domain': {
    mayImport: ['packages/contract', 'packages/db', 'packages/ai'],
    owns: ['jose', 'pg-boss', '@node-rs/argon2', 'rate-limiter-flexible'],
  },
  'packages/api': { mayImport: ['packages/contract', 'packages/domain'], owns: ['hono', '@hono/', '@trpc/server'] },
  'packages/client': { mayImport: ['packages/contract'], owns: ['@trpc/client', '@trpc/react-query'] },
  'apps/server': {
    mayImport: ['packages/contract', 'packages/db', 'packages/ai', 'packages/domain', 'packages/api'],
    owns: [],
  },
  'apps/web': { mayImport: ['packages/contract', 'packages/client'], owns: ['react', 'react-dom'] },
}

/** Outside packages with a second room: who besides the owner may name them. */
const ALSO = {
  hono: ['apps/server'],
  '@hono/': ['apps/server'],
  '@trpc/server': ['packages/client'],
  react: ['packages/client/src/react'],
  'react-dom': [],
}

const anyOf = (paths) => `^(${paths.join('|')})`
const outside = (name) => `node_modules/${name}${name.endsWith('/') ? '' : '/'}`

const betweenRooms = Object.entries(ROOMS).map(([room, { mayImport }]) => ({
  name: `${room.split('/')[1]}-arrows`,
  severity: 'error',
  comment:
    mayImport.length === 0
      ? `${room} imports no other workspace package`
      : `${room} imports ${mayImport.join(', ')} and no other workspace package`,
  from: { path: `^${room}/`, pathNot: NOT_SHIPPED },
  to: {
    path: '^(packages|apps)/',
    pathNot: anyOf([room, ...mayImport].map((folder) => `${folder}/`)),
    // The client sees the router as a type: see client-sees-api-as-type.
    ...(room === 'packages/client' && { dependencyTypesNot: ['type-only'] }),
  },
}))

const ownedPackages = Object.entries(ROOMS).flatMap(([room, { owns = [] }]) =>
  owns.map((name) => ({
    name: `${name.replace(/\/$/, '')}-only-in-${room.split('/')[1]}`,
    severity: 'error',
    comment: `${name} belongs to ${[room, ...(ALSO[name] ?? [])].join(' and ')}`,
    from: { path: '^(packages|apps)/', pathNot: [anyOf([room, ...(ALSO[name] ?? [])]), NOT_SHIPPED] },
    to: { path: outside(name) },
  })),
)

const outsideWorlds = Object.entries(ROOMS)
  .filter(([, { onlyOutside }]) => onlyOutside)
  .map(([room, { onlyOutside }]) => ({
    name: `${room.split('/')[1]}-outside-world`,
    severity: 'error',
    comment: `${room} depends on ${onlyOutside.join(', ')} alone`,
    from: { path: `^${room}/`, pathNot: NOT_SHIPPED },
    to: { path: 'node_modules/', pathNot: onlyOutside.map(outside) },
  }))

export default {
  forbidden: [
    ...betweenRooms,
    ...ownedPackages,
    ...outsideWorlds,
    {
      name: 'client-sees-api-as-type',
      severity: 'error',
      comment:
        'the client may have the router as a type, through @kickstartmyai/api/app-router, and nothing else of the server',
      from: { path: '^packages/client/', pathNot: NOT_SHIPPED },
      to: { path: '^(packages|apps)/', pathNot: '^packages/(client|contract)/|^packages/api/src/app-router\\.ts$' },
    },
    {
      name: 'runs-anywhere',
      severity: 'error',
      comment: 'contract, client and web run in browsers: no Node built-in',
      from: { path: '^(packages/(contract|client)/src|apps/web/src)/', pathNot: NOT_SHIPPED },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'features-stay-apart',
      severity: 'error',
      comment: 'a web feature never imports another: lift what both need into src/ui, or compose them in src/app',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/features/', pathNot: '^apps/web/src/features/$1/' },
    },
    {
      name: 'ui-knows-no-data',
      severity: 'error',
      comment: 'src/ui knows props: no feature, no route, no client, no words of the wire',
      from: { path: '^apps/web/src/ui/', pathNot: NOT_SHIPPED },
      to: { path: '^(apps/web/src/(features|app|lib/client)|packages/)|node_modules/@tanstack/react-query/' },
    },
    {
      name: 'features-below-app',
      severity: 'error',
      comment: 'src/app composes the features; they do not know it',
      from: { path: '^apps/web/src/(features|lib)/', pathNot: NOT_SHIPPED },
      to: { path: '^apps/web/src/app/' },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      comment: 'code that ships imports no test, test world or fixture',
      from: { path: '^(packages|apps)/', pathNot: NOT_SHIPPED },
      to: { path: NOT_SHIPPED, pathNot: 'node_modules' },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      severity: 'error',
      comment: 'what ships is installed without devDependencies',
      from: { path: '^(packages|apps)/[^/]+/src/', pathNot: NOT_SHIPPED },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm', 'npm-peer'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'imported, but not found on disk or not named in the package.json of the importer',
      from: { path: '^(packages|apps)/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'barrels-are-entries',
      severity: 'error',
      comment: 're-exports stand in a package entry only; elsewhere import the file that has the thing',
      from: {
        path: '^(packages|apps)/',
        pathNot: '/index\\.ts$|^packages/api/src/app-router\\.ts$|^packages/client/src/react\\.tsx$',
      },
      to: { dependencyTypes: ['export'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(packages|apps)/[^/]+/(dist|coverage|.turbo)/' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
    },
    moduleSystems: ['es6'],
  },
}
