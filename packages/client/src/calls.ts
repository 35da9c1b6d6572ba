import type { AppRouter } from '@kickstartmyai/api/app-router'
import type {
  AnyTRPCMutationProcedure,
  AnyTRPCQueryProcedure,
  inferProcedureInput,
  inferTransformedProcedureOutput,
  TRPCRouterRecord,
} from '@trpc/server'

export interface CallOptions {
  signal?: AbortSignal | undefined
}

type Root = AppRouter['_def']['_config']['$types']
type Procedure = AnyTRPCQueryProcedure | AnyTRPCMutationProcedure

/** What has no required field may be left out. */
type Arguments<Input> =
  object extends Exclude<Input, undefined | void>
    ? [input?: Exclude<Input, void>, options?: CallOptions]
    : [input: Input, options?: CallOptions]

type Call<P extends Procedure> = (
  ...args: Arguments<inferProcedureInput<P>>
) => Promise<inferTransformedProcedureOutput<Root, P>>

/** A router's queries and mutations as plain functions. */
type Calls<Routes extends TRPCRouterRecord> = {
  [
    Name in keyof Routes as Routes[Name] extends Procedure | TRPCRouterRecord ? Name : never
  ]: Routes[Name] extends Procedure
    ? Call<Routes[Name]>
    : Routes[Name] extends TRPCRouterRecord
      ? Calls<Routes[Name]>
      : never
}

/** Every query and mutation of the server: `noun.verb(input, { signal })`. */
export type ApiCalls = Calls<AppRouter['_def']['record']>
