import type { ExecutionId } from '@kickstartmyai/contract'
import { Markdown } from '../../ui/markdown/markdown.tsx'
import { ApprovalCard } from './approval-card.tsx'
import { Reasoning } from './reasoning.tsx'
import type { Block } from './to-blocks.ts'
import { ToolCard } from './tool-card.tsx'

interface AnswerBlocksProps {
  blocks: readonly Block[]
  toolTitle: (name: string) => string
  /** The execution that makes the answer, while it does. */
  liveId: ExecutionId | null
}

/** What an answer is made of, in the order in which it was said. */
export const AnswerBlocks = ({ blocks, toolTitle, liveId }: AnswerBlocksProps) =>
  blocks.map((block) => {
    switch (block.kind) {
      case 'text':
        return <Markdown key={block.key} text={block.text} streaming={block.streaming} />
      case 'reasoning':
        return <Reasoning key={block.key} text={block.text} streaming={block.streaming} />
      case 'tool':
        return liveId && block.stepId ? (
          <ApprovalCard
            key={block.key}
            executionId={liveId}
            stepId={block.stepId}
            title={toolTitle(block.name)}
            input={block.input}
          />
        ) : (
          <ToolCard key={block.key} block={block} title={toolTitle(block.name)} />
        )
    }
  })
