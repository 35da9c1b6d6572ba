import type { ModelChunk } from './chunk.ts'
import type { ModelRequest } from './request.ts'

/** One model of one provider, ready to be asked. */
export interface LanguageModel {
  readonly provider: string
  readonly id: string
  /**
   * Asks once and streams the answer. Throws a ModelError for every failure of the vendor or of the network; when
   * `signal` aborts, the upstream socket is closed and the signal's reason is thrown.
   */
  stream(request: ModelRequest, options: { signal: AbortSignal }): AsyncIterable<ModelChunk>
}
