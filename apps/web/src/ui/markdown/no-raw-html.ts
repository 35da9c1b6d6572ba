interface HastNode {
  type: string
  children?: HastNode[]
}

/**
 * Stands in for rehype-raw (vite.config.ts puts it there), which would parse a model's HTML into elements: here HTML in
 * an answer is text that one can read. That is safer, and leaves an HTML parser out of the download.
 */
export default function noRawHtml() {
  return rawToText
}

function rawToText(node: HastNode): void {
  if (node.type === 'raw') node.type = 'text'
  node.children?.forEach(rawToText)
}
