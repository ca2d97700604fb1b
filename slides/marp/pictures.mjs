// Marp neither copies nor embeds pictures in HTML and says nothing when one is missing. Here each picture and each demo
// becomes part of the page, and a missing one ends the build.
import { readFileSync, existsSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { demoFonts } from './fonts.mjs'

const types = { '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp' }
const escapeAttribute = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

/** Return a demo as one page: its style sheet, its script and the decks' fonts stand inside. */
export const demoPage = (home, url, dark) => {
  const beside = (file) => readFileSync(join(home, dirname(url), file), 'utf8')
  return readFileSync(join(home, url), 'utf8')
    .replace('<html', dark ? '<html class="dark"' : '<html')
    .replace(/<link rel="stylesheet" href="([^"]+)">/g, (_, file) => `<style>${demoFonts()}${beside(file)}</style>`)
    .replace(/<script src="([^"]+)"><\/script>/g, (_, file) => `<script>${beside(file)}</script>`)
}

/** A markdown-it plugin; figures use the light palette of theme/palette.json and are recoloured in the dark variant. */
export const embedPictures = (md, { home, dark }) => {
  const { light, dark: night } = JSON.parse(readFileSync(join(home, 'theme', 'palette.json'), 'utf8'))
  const tones = Object.keys(light).map((name) => [new RegExp(light[name], 'gi'), night[name]])

  const read = (url) => {
    const path = join(home, decodeURIComponent(url))
    if (!existsSync(path)) throw new Error(`${url} is missing in slides/`)
    return readFileSync(path)
  }
  const recolour = (text) => (dark ? tones.reduce((svg, [from, to]) => svg.replace(from, to), text) : text)
  const picture = (url) => {
    if (url.startsWith('data:')) return url
    if (/^(https?:)?\/\//.test(url)) throw new Error(`${url} is on the network: put the picture into slides/figures`)
    const type = types[extname(url).toLowerCase()]
    if (!type) throw new Error(`${url} is no picture that a browser shows`)
    const bytes = type === types['.svg'] ? Buffer.from(recolour(read(url).toString('utf8'))) : read(url)
    return `data:${type};base64,${bytes.toString('base64')}`
  }
  const demo = (url) => {
    read(url)
    return `srcdoc="${escapeAttribute(demoPage(home, url, dark))}"`
  }
  const rawHTML = (text) =>
    text
      .replace(/(<img\b[^>]*?\ssrc=")([^"]+)(")/g, (_, before, url, after) => before + picture(url) + after)
      .replace(/(<iframe\b[^>]*?\s)src="([^"]+)"/g, (_, before, url) => before + demo(url))

  const embed = (tokens) => {
    for (const token of tokens) {
      if (token.type === 'html_block' || token.type === 'html_inline') token.content = rawHTML(token.content)
      if (token.type === 'image') {
        const uri = picture(token.attrGet('src'))
        token.attrSet('src', uri)
        if (token.meta?.marpitImage) token.meta.marpitImage.url = uri
      }
      if (token.children) embed(token.children)
    }
  }
  md.core.ruler.after('inline', 't2p_embed_pictures', (state) => embed(state.tokens))
}
