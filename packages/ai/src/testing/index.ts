export * from './model-server/answer.ts'
export * from './model-server/model-server.ts'
export * from './model-server/start-model-server.ts'
