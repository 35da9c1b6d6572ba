import { createCssVariablesTheme, createHighlighterCore, type GrammarState } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { loadGrammar, type CodeLanguage } from './code-languages.ts'

/** A run of code in one colour; `color` is a CSS value that names a token of the theme. */
export interface CodeToken {
  content: string
  color: string | undefined
}

export type LineHighlighter = (code: string) => CodeToken[][]

const theme = createCssVariablesTheme({ name: 'tokens', variablePrefix: '--code-' })

// The engine in JavaScript, not the one in WebAssembly, which the content security policy would have to allow.
const core = createHighlighterCore({
  themes: [theme],
  langs: [],
  engine: createJavaScriptRegexEngine({ forgiving: true }),
})

/**
 * A highlighter for one block of code that grows. Whole lines are coloured once and kept; a longer version of the same
 * code costs only its new lines. Code that is not a continuation begins anew.
 */
export async function createLineHighlighter(language: CodeLanguage): Promise<LineHighlighter> {
  const highlighter = await core
  await highlighter.loadLanguage((await loadGrammar(language)).default)
  let doneText = ''
  let doneLines: CodeToken[][] = []
  let state: GrammarState | undefined

  const colour = (code: string) => {
    const result = highlighter.codeToTokens(code, {
      lang: language,
      theme: 'tokens',
      ...(state && { grammarState: state }),
    })
    return {
      lines: result.tokens.map((line) => line.map(({ content, color }): CodeToken => ({ content, color }))),
      state: result.grammarState,
    }
  }

  return (code) => {
    if (!code.startsWith(doneText)) {
      doneText = ''
      doneLines = []
      state = undefined
    }
    const end = code.lastIndexOf('\n') + 1
    if (end > doneText.length) {
      const grown = colour(code.slice(doneText.length, end - 1))
      doneLines = [...doneLines, ...grown.lines]
      state = grown.state
      doneText = code.slice(0, end)
    }
    const rest = code.slice(end)
    return rest === '' ? doneLines : [...doneLines, ...colour(rest).lines]
  }
}
