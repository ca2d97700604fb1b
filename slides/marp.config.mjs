// How every deck is built. The Python package `autograder.decks` calls marp with this file; it also works alone:
//   npx marp --config-file marp.config.mjs 01_tensors.md -o /tmp/deck.html
// `pdfOutlines` and `pdfNotes` must not stand here: in a configuration they turn every build into a PDF.
import { fileURLToPath } from 'node:url'
import { dirname } from 'node:path'
import { embedFonts } from './marp/fonts.mjs'
import { embedPictures } from './marp/pictures.mjs'
import { markSlides } from './marp/slides.mjs'
import { stripNotes, unwrapNotes } from './marp/notes.mjs'

const home = dirname(fileURLToPath(import.meta.url))
const dark = process.env.T2P_DECK_DARK === '1'
const withNotes = process.env.T2P_DECK_NOTES !== '0'

const engine = ({ marp }) => {
  marp.use(embedFonts()).use(embedPictures, { home, dark }).use(markSlides, { dark })
  return marp.use(withNotes ? unwrapNotes : stripNotes)
}

export default {
  engine,
  themeSet: [`${home}/theme`],
  html: true,
  lang: 'en',
  browser: 'chrome',
  browserTimeout: 180,
  options: { math: 'katex', minifyCSS: false },
}
