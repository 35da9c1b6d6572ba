export * from './embedded-test-database.ts'
export * from './postgres-test-database.ts'
export * from './test-database.ts'
