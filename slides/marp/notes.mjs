// Every HTML comment becomes a presenter's note, and notes stand in plain text in the page: students' decks go without.

const forget = (tokens) => {
  for (const token of tokens) {
    if (token.type === 'marpit_comment') token.meta = { marpitCommentParsed: 't2p-notes', ...token.meta }
    if (token.children) forget(token.children)
  }
}

/** A markdown-it plugin that marks comments as dealt with before Marpit collects them. */
export const stripNotes = (md) => {
  md.core.ruler.before('marpit_collect', 't2p_strip_notes', (state) => forget(state.tokens))
}

const unwrap = (tokens) => {
  for (const token of tokens) {
    if (token.type === 'marpit_comment') token.content = token.content.replace(/([^\n])\n(?![\n-])/g, '$1 ')
    if (token.children) unwrap(token.children)
  }
}

/** A markdown-it plugin for the lecturer's deck: the presenter's view would show every line break of the source. */
export const unwrapNotes = (md) => {
  md.core.ruler.before('marpit_collect', 't2p_unwrap_notes', (state) => unwrap(state.tokens))
}
