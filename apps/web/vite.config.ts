import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `pnpm dev` finds the API; the built app is served by the server itself, from the same origin. */
const server = 'http://127.0.0.1:3000'

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: {
    alias: { 'rehype-raw': fileURLToPath(new URL('src/ui/markdown/no-raw-html.ts', import.meta.url)) },
  },
  build: {
    target: 'es2023',
    // The server's content security policy allows neither data: fonts nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: {
    proxy: Object.fromEntries(['/trpc', '/api', '/openapi.json', '/docs', '/health'].map((path) => [path, server])),
  },
})
