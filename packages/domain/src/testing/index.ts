export * from './scripted-provider.ts'
export * from './test-world.ts'
export * from './conversation.ts'
