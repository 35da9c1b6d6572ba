import {
  ApproveStepInput,
  Execution,
  ExecutionRef,
  ExecutionStep,
  FollowExecutionInput,
  ForkExecutionInput,
  ListExecutionsInput,
  pageOf,
  ReplayReport,
  RetryExecutionInput,
  SendResult,
} from '@kickstartmyai/contract'
import {
  approveStep,
  cancelExecution,
  forkExecution,
  getExecution,
  listExecutions,
  listSteps,
  replayExecution,
  retryExecution,
} from '@kickstartmyai/domain'
import { z } from 'zod'
import { router, userProcedure } from '../trpc.ts'
import { subscribeToExecution } from './subscribe-to-execution.ts'

const tag = 'Executions'

export const executionsRouter = router({
  list: userProcedure
    .meta({
      access: 'user',
      scope: 'executions:read',
      rest: { method: 'GET', path: '/executions', tag, summary: 'List executions, newest first' },
    })
    .input(ListExecutionsInput)
    .output(pageOf(Execution))
    .query(({ ctx, input }) => listExecutions(ctx.deps, ctx.actor, input)),

  get: userProcedure
    .meta({
      access: 'user',
      scope: 'executions:read',
      rest: { method: 'GET', path: '/executions/{executionId}', tag, summary: 'Get an execution' },
    })
    .input(ExecutionRef)
    .output(Execution)
    .query(({ ctx, input }) => getExecution(ctx.deps, ctx.actor, input.executionId)),

  steps: userProcedure
    .meta({
      access: 'user',
      scope: 'executions:read',
      rest: { method: 'GET', path: '/executions/{executionId}/steps', tag, summary: "List an execution's steps" },
    })
    .input(ExecutionRef)
    .output(z.object({ items: z.array(ExecutionStep) }))
    .query(({ ctx, input }) => listSteps(ctx.deps, ctx.actor, input.executionId)),

  cancel: userProcedure
    .meta({
      access: 'user',
      scope: 'executions:write',
      rest: { method: 'POST', path: '/executions/{executionId}/cancel', tag, summary: 'Stop an execution' },
    })
    .input(ExecutionRef)
    .output(Execution)
    .mutation(({ ctx, input }) => cancelExecution(ctx.deps, ctx.actor, input.executionId)),

  retry: userProcedure
    .meta({
      access: 'user',
      scope: 'executions:write',
      rest: {
        method: 'POST',
        path: '/executions/{executionId}/retry',
        status: 202,
        tag,
        summary: 'Try an execution again that failed or was stopped, from where it came',
      },
    })
    .input(RetryExecutionInput)
    .output(SendResult)
    .mutation(({ ctx, input }) => retryExecution(ctx.deps, ctx.actor, input)),

  fork: userProcedure
    .meta({
      access: 'user',
      scope: 'executions:write',
      rest: {
        method: 'POST',
        path: '/executions/{executionId}/fork',
        status: 202,
        tag,
        summary: 'Go another way from a step of an execution',
      },
    })
    .input(ForkExecutionInput)
    .output(SendResult)
    .mutation(({ ctx, input }) => forkExecution(ctx.deps, ctx.actor, input)),

  replay: userProcedure
    .meta({
      access: 'user',
      scope: 'executions:read',
      rest: {
        method: 'POST',
        path: '/executions/{executionId}/replay',
        tag,
        summary: 'Go through an execution again with what was recorded, and tell where it would differ',
      },
    })
    .input(ExecutionRef)
    .output(ReplayReport)
    .mutation(({ ctx, input }) => replayExecution(ctx.deps, ctx.actor, input.executionId)),

  approve: userProcedure
    .meta({
      access: 'user',
      scope: 'executions:write',
      rest: {
        method: 'POST',
        path: '/executions/{executionId}/approve',
        tag,
        summary: 'Approve or deny a tool call that waits for it',
      },
    })
    .input(ApproveStepInput)
    .output(Execution)
    .mutation(({ ctx, input }) => approveStep(ctx.deps, ctx.actor, input)),

  /** The events after `lastEventId`, as they come. REST has the same as plain SSE, which costs less per token. */
  follow: userProcedure
    .meta({ access: 'user', scope: 'executions:read' })
    .input(FollowExecutionInput)
    .subscription(({ ctx, input, signal }) => subscribeToExecution(ctx.deps, ctx.actor, input, signal)),
})
