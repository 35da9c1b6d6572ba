import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadEnvFile } from 'node:process'

/** The top folder of the repository, so that the same .env and .data are found wherever a script is run from. */
export const rootFolder = join(import.meta.dirname, '..', '..', '..')

/** Adds the variables of the top folder's .env, if there is one. What is set already stays. */
export function addEnvFile(): void {
  const file = join(rootFolder, '.env')
  if (existsSync(file)) loadEnvFile(file)
}
