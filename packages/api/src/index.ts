export { appRouter } from './app-router.ts'
export { createApp } from './create-app.ts'
