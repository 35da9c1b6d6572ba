import { lazy, Suspense } from 'react'

const load = () => import('./rendered-markdown.tsx')
const RenderedMarkdown = lazy(load)

/** Fetches the renderer before it is needed. */
export const preloadMarkdown = (): void => void load()

interface MarkdownProps {
  text: string
  /** More is coming: unfinished markup is drawn as if it were closed. */
  streaming?: boolean
}

/** Markdown, which is readable as plain text until its renderer has arrived. */
export const Markdown = ({ text, streaming = false }: MarkdownProps) => (
  <Suspense fallback={<div className="markdown whitespace-pre-wrap">{text}</div>}>
    <RenderedMarkdown text={text} streaming={streaming} />
  </Suspense>
)
