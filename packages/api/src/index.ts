export { appRouter, type AppRouter } from './app-router.ts'
export { type AppOptions, createApp } from './create-app.ts'
