import type { SecretKey } from '@kickstartmyai/domain'
import type { z } from 'zod'

const form = /^([\w.-]{1,40}):([A-Za-z0-9+/_-]+=*)$/
const bytesOfKey = 32

/** Reads `SECRETS_KEYS`: `<id>:<32 bytes in base64>`, comma-separated; the first one encrypts. */
export function readSecretKeys(items: readonly string[], context: z.RefinementCtx): SecretKey[] {
  const refuse = (message: string) => context.addIssue({ code: 'custom', message })
  const keys = items.flatMap((item): SecretKey[] => {
    const [, id = '', text = ''] = form.exec(item) ?? []
    const bytes = new Uint8Array(Buffer.from(text, 'base64'))
    if (bytes.length === bytesOfKey) return [{ id, bytes }]
    refuse(`each key must be <id>:<${bytesOfKey} bytes in base64>, as from: openssl rand -base64 ${bytesOfKey}`)
    return []
  })
  if (new Set(keys.map(({ id }) => id)).size < keys.length) refuse('two keys have the same id')
  return keys
}
