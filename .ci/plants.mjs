// One violation for each thing that `pnpm check` promises to see; .ci/prove-check.mjs plants them.

const lint = (violation, says, files) => ({ part: 'lint', violation, says, files })
const unused = (violation, says, files) => ({ part: 'unused', violation, says, files })
const arrow = (from, to, says) => ({
  part: 'arrows',
  violation: `${from} → ${to}`,
  says,
  files: { [from]: `import '${to}'\n` },
})

const room = 'packages/domain/src/planted'

/** Adds a dependency to a package.json. */
const depending = (name, version) => (text) => {
  const manifest = JSON.parse(text)
  manifest.dependencies = { ...manifest.dependencies, [name]: version }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

export const plants = [
  lint('an any', 'no-explicit-any', { [`${room}.ts`]: 'export const planted: any = 1\n' }),
  lint('an any that leaks in', 'no-unsafe-assignment', {
    [`${room}.ts`]: `export const planted: string = JSON.parse('1')\n`,
  }),
  lint('a floating promise', 'no-floating-promises', { [`${room}.ts`]: 'Promise.resolve(1)\n' }),
  lint('a switch that forgets a case', 'switch-exhaustiveness-check', {
    [`${room}.ts`]: `export function planted(x: 'a' | 'b') {\n  switch (x) {\n    case 'a':\n      return 1\n  }\n}\n`,
  }),
  lint('a file of 401 lines', 'max-lines', { [`${room}.ts`]: `${'// line\n'.repeat(400)}export {}\n` }),
  lint('a cycle', 'no-cycle', {
    [`${room}-a.ts`]: `import { b } from './planted-b.ts'\nexport const a = () => b\n`,
    [`${room}-b.ts`]: `import { a } from './planted-a.ts'\nexport const b = () => a\n`,
  }),
  lint('a cycle of types', 'no-cycle', {
    [`${room}-a.ts`]: `import type { B } from './planted-b.ts'\nexport interface A {\n  b: B\n}\n`,
    [`${room}-b.ts`]: `import type { A } from './planted-a.ts'\nexport interface B {\n  a: A\n}\n`,
  }),
  lint('process.env in a package', "'process.env' is restricted", {
    'packages/db/src/planted.ts': `export const planted = process.env['HOME']\n`,
  }),
  lint('process.env by destructuring', "'process.env' is restricted", {
    'apps/server/src/planted.ts': 'export const { env } = process\n',
  }),
  lint('process.env by import', "'env' import from 'node:process' is restricted", {
    'apps/server/src/planted.ts': `export { env } from 'node:process'\nimport { env } from 'node:process'\nexport const planted = env\n`,
  }),
  lint('a value import of a type', 'consistent-type-imports', {
    [`${room}.ts`]: `import { ReadableStream } from 'node:stream/web'\nexport const planted = (x: ReadableStream) => x\n`,
  }),
  lint('console.log', 'no-console', { [`${room}.ts`]: `console.log('planted')\n` }),
  lint('a test that asserts nothing', 'expect-expect', {
    [`${room}.test.ts`]: `import { test } from 'vitest'\n\ntest('planted', () => {})\n`,
  }),
  lint('a focused test', 'no-focused-tests', {
    [`${room}.test.ts`]: `import { expect, test } from 'vitest'\n\ntest.only('planted', () => expect(1).toBe(1))\n`,
  }),
  lint('a suppression without effect', 'Unused eslint-disable directive', {
    [`${room}.ts`]: '// eslint-disable-next-line no-console\nexport const planted = 1\n',
  }),

  arrow('packages/contract/src/planted.ts', '../../db/src/index.ts', 'contract-arrows'),
  arrow('packages/contract/src/planted.ts', '../../../node_modules/vitest', 'contract-outside-world'),
  arrow('packages/contract/src/planted.ts', 'node:fs', 'runs-anywhere'),
  arrow('packages/ai/src/planted.ts', '../../db/src/index.ts', 'ai-arrows'),
  arrow('packages/ai/src/planted.ts', '../../contract/src/index.ts', 'ai-arrows'),
  arrow('packages/ai/src/planted.ts', '@kickstartmyai/domain', 'resolvable'),
  arrow('packages/db/src/planted.ts', '../../ai/src/index.ts', 'db-arrows'),
  arrow('packages/domain/src/planted.ts', '../../api/src/index.ts', 'domain-arrows'),
  arrow('packages/domain/src/planted.ts', '../../api/node_modules/hono', 'hono-only-in-api'),
  arrow('packages/domain/src/planted.ts', '../../db/node_modules/kysely', 'kysely-only-in-db'),
  arrow('packages/domain/src/planted.ts', 'kysely', 'resolvable'),
  arrow('packages/api/src/planted.ts', '../../db/src/index.ts', 'api-arrows'),
  arrow('packages/api/src/planted.ts', '../../db/node_modules/pg', 'pg-only-in-db'),
  arrow('packages/client/src/planted.ts', '../../api/src/app-router.ts', 'client-arrows'),
  arrow('packages/client/src/planted.ts', '../../domain/src/index.ts', 'client-arrows'),
  {
    part: 'arrows',
    violation: 'the client has a type of the domain',
    says: 'client-sees-api-as-type',
    files: { 'packages/client/src/planted.ts': `import type {} from '../../domain/src/index.ts'\n` },
  },
  arrow('apps/web/src/planted.ts', '../../../packages/api/src/app-router.ts', 'web-arrows'),
  arrow('apps/web/src/planted.ts', 'node:path', 'runs-anywhere'),
  arrow('packages/domain/src/planted.ts', '../../db/src/testing/index.ts', 'no-tests-in-the-product'),
  {
    part: 'arrows',
    violation: 'a feature imports another',
    says: 'features-stay-apart',
    files: {
      'apps/web/src/features/planted-a/a.ts': `import '../planted-b/b.ts'\n`,
      'apps/web/src/features/planted-b/b.ts': 'export {}\n',
    },
  },
  {
    part: 'arrows',
    violation: 'src/ui imports a feature',
    says: 'ui-knows-no-data',
    files: {
      'apps/web/src/ui/planted.ts': `import '../features/planted/a.ts'\n`,
      'apps/web/src/features/planted/a.ts': 'export {}\n',
    },
  },
  {
    part: 'arrows',
    violation: 'export * outside an entry',
    says: 'barrels-are-entries',
    files: { [`${room}.ts`]: `export * from './index.ts'\n` },
  },

  unused('a file that nobody imports', 'packages/domain/src/planted.ts', { [`${room}.ts`]: 'export {}\n' }),
  unused('an export that nobody imports', 'planted', {
    'apps/server/src/env.ts': (text) => `${text}\nexport const planted = 1\n`,
  }),
  unused('an export of a private package that nobody imports', 'planted', {
    'packages/db/src/errors.ts': (text) => `${text}\nexport const planted = 1\n`,
  }),
  unused('a dependency that nobody imports', 'hono', { 'packages/client/package.json': depending('hono', 'catalog:') }),
  unused('an import of what package.json does not name', 'hono', {
    'packages/client/src/index.ts': (text) => `import 'hono'\n${text}`,
  }),

  {
    part: 'format',
    violation: 'a semicolon and double quotes',
    says: 'planted.ts',
    files: { [`${room}.ts`]: 'export const planted = "planted";\n' },
  },
  {
    part: 'types',
    violation: 'a type error',
    says: 'TS2322',
    files: { [`${room}.ts`]: `export const planted: number = 'one'\n` },
  },
  {
    part: 'versions',
    violation: 'a version outside the catalog',
    says: 'dependencies.zod is "^4.0.0"',
    files: { 'packages/contract/package.json': depending('zod', '^4.0.0') },
  },
  {
    part: 'versions',
    violation: 'a range in the catalog',
    says: 'catalog entry zod is "^4',
    files: { 'pnpm-workspace.yaml': (text) => text.replace(/^( {2}zod: )/m, '$1^') },
  },
]
