import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { AppEnv } from '../app-env.ts'
import { createOpenApiDocument, type DocumentOptions } from './create-document.ts'

const types = { css: 'text/css', js: 'text/javascript' } as const

/** The files of the reference page that come from the package swagger-ui-dist; nothing is loaded from elsewhere. */
const vendored = ['swagger-ui.css', 'swagger-ui-bundle.js'] as const

/** Serves the API's document at /openapi.json and a page to browse it at /docs. */
export function mountDocs(app: Hono<AppEnv>, options: DocumentOptions): void {
  const document = JSON.stringify(createOpenApiDocument(options))
  const json = { 'Content-Type': 'application/json' }
  app.get('/openapi.json', (c) => c.body(document, 200, json))
  app.get('/docs', (c) => c.html(page))
  app.get('/docs/start.js', (c) => c.body(startScript, 200, { 'Content-Type': types.js }))
  for (const file of vendored) {
    const type = types[file.endsWith('.css') ? 'css' : 'js']
    let content: string | undefined
    app.get(`/docs/${file}`, compress(), (c) =>
      c.body((content ??= read(file)), 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=3600' }),
    )
  }
}

function read(file: string): string {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  return readFileSync(join(folder, file), 'utf8')
}

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>KickStartMyAI API</title>
    <link rel="icon" href="/favicon.svg">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <main id="reference"></main>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`

const startScript = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true, tryItOutEnabled: true })\n`
