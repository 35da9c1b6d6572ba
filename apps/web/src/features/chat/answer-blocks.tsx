import { Markdown } from '../../ui/markdown/markdown.tsx'
import { Reasoning } from './reasoning.tsx'
import type { Block } from './to-blocks.ts'
import { ToolCard } from './tool-card.tsx'

interface AnswerBlocksProps {
  blocks: readonly Block[]
  toolTitle: (name: string) => string
}

/** What an answer is made of, in the order in which it was said. */
export const AnswerBlocks = ({ blocks, toolTitle }: AnswerBlocksProps) =>
  blocks.map((block) => {
    switch (block.kind) {
      case 'text':
        return <Markdown key={block.key} text={block.text} streaming={block.streaming} />
      case 'reasoning':
        return <Reasoning key={block.key} text={block.text} streaming={block.streaming} />
      case 'tool':
        return <ToolCard key={block.key} block={block} title={toolTitle(block.name)} />
    }
  })
