export * from './list-procedures.ts'
