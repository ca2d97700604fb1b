// Puts every font into the page as a data URI: marp-core would fetch KaTeX's from a CDN, and a projector has no network.
import { createRequire } from 'node:module'
import { readFileSync, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
// The katex that marp-core itself resolves: fonts of another version would not fit its style sheet.
const katex = dirname(createRequire(require.resolve('@marp-team/marp-core')).resolve('katex'))
const family = (name) => join(dirname(require.resolve(`@fontsource-variable/${name}/package.json`)), 'files')
const folders = [join(katex, 'fonts'), ...['source-sans-3', 'source-serif-4', 'jetbrains-mono'].map(family)]

const dataURI = (file) => {
  const folder = folders.find((candidate) => existsSync(join(candidate, file)))
  if (!folder) throw new Error(`the font ${file} is not installed: run npm ci in slides/`)
  return `url(data:font/woff2;base64,${readFileSync(join(folder, file)).toString('base64')}) format("woff2")`
}

/** A PostCSS plugin: each @font-face keeps its woff2 source only, as a data URI. */
export const embedFonts = () => ({
  postcssPlugin: 't2p-embed-fonts',
  AtRule: {
    'font-face': (rule) => {
      rule.walkDecls('src', (declaration) => {
        const file = declaration.value.match(/([\w-]+\.woff2)/)
        if (file) declaration.value = dataURI(file[1])
      })
    },
  },
})

/** The fonts of running text and of code, for pages inside a deck: frames do not inherit them. Neither has all arrows. */
export const demoFonts = () =>
  [
    ['Source Sans 3', '200 900', 'source-sans-3-latin-wght-normal.woff2'],
    ['JetBrains Mono', '100 800', 'jetbrains-mono-latin-wght-normal.woff2'],
  ]
    .map(([name, weights, file]) => face(name, weights, file) + face(name, weights, 'KaTeX_Main-Regular.woff2', 'U+2190-2193'))
    .join('')

const face = (name, weights, file, range) =>
  `@font-face{font-family:'${name}';font-weight:${weights};src:${dataURI(file)}${range ? `;unicode-range:${range}` : ''}}`
