export { appRouter } from './app-router.ts'
export { createApp } from './create-app.ts'
export { proxies } from './http/client-address.ts'
