/** Bounds that every door enforces in the same way. Sizes are in characters unless a name says otherwise. */
export const limits = {
  /** Largest request body on any route, in bytes. */
  bodyBytes: 1_048_576,
  /** Most headers of a request. */
  headers: 100,
  emailLength: 254,
  passwordMin: 8,
  passwordMax: 1024,
  fullNameLength: 100,
  apiKeyNameLength: 100,
  apiKeysPerUser: 100,
  groupNameLength: 100,
  /** Most grants on one thing. */
  sharesPerThing: 500,
  tokenLength: 500,
  agentNameLength: 255,
  agentDescriptionLength: 2_000,
  systemPromptLength: 100_000,
  conversationTitleLength: 255,
  messageLength: 200_000,
  messageParts: 64,
  clientKeyLength: 200,
  providerKeyLength: 500,
  toolsPerAgent: 64,
  maxTokens: 128_000,
  maxIterations: 100,
  pageSize: 100,
  pageSizeDefault: 20,
  batchSize: 20,
  /** Deepest nesting of objects and arrays in a request body. */
  jsonDepth: 32,
} as const
