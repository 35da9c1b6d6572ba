import { Streamdown } from 'streamdown'
import { elements } from './elements.tsx'

interface RenderedMarkdownProps {
  text: string
  streaming: boolean
}

/** Markdown in blocks of which only the last is drawn again while text streams in. Raw HTML is sanitised. */
export const RenderedMarkdown = ({ text, streaming }: RenderedMarkdownProps) => (
  <Streamdown
    className="markdown"
    mode="streaming"
    parseIncompleteMarkdown={streaming}
    components={elements}
    controls={false}
  >
    {text}
  </Streamdown>
)

export default RenderedMarkdown
