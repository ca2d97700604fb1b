// Each slide says where it stands in its source (the lint names the line) and which variant it belongs to.

/** A markdown-it plugin: `data-line` on every slide; in the dark variant every slide gets the class `dark`. */
export const markSlides = (md, { dark }) => {
  md.core.ruler.before('marpit_collect', 't2p_mark_slides', (state) => {
    for (const token of state.tokens) {
      if (token.type !== 'marpit_slide_open') continue
      token.attrSet('data-line', String((token.map?.[0] ?? 0) + 1))
      if (dark) token.attrJoin('class', 'dark')
    }
  })
}
