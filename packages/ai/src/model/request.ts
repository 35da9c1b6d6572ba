import type { ModelMessage } from './message.ts'

export interface ModelRequest {
  system: string
  messages: readonly ModelMessage[]
  tools: readonly ToolSpec[]
  /** Null: the vendor's default. Left out where a model takes none. */
  temperature: number | null
  /** Null: the vendor's (or this package's) default. */
  maxOutputTokens: number | null
}

/** A tool as a model is told of it. */
export interface ToolSpec {
  name: string
  description: string
  /** JSON Schema of the input. */
  inputSchema: Record<string, unknown>
}
