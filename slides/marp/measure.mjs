// Opens decks that were built with `--template bare` in Chromium and prints, as JSON, what an audience could not read.
//   node marp/measure.mjs CHROMIUM DECK.html ...  ->  [{ deck, slide, line, rule, detail }]
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = {
  runOnly: ['wcag2a', 'wcag2aa'],
  resultTypes: ['violations'],
  rules: { 'scrollable-region-focusable': { enabled: false } }, // the bare page scrolls, a deck does not
}

/** Runs in the page: one finding for each thing that is wrong on each slide. */
function inspect() {
  const FOOTER = 52, TEXT = 24, CODE = 20
  const found = []
  const sections = [...document.querySelectorAll('section[data-line]')].filter(
    (section) => !/background|pseudo/.test(section.dataset.marpitAdvancedBackground ?? ''),
  )
  const short = (text) => { const plain = text.trim().replace(/\s+/g, ' '); return plain.length > 50 ? `${plain.slice(0, 50)}…` : plain }

  const texts = (section) => {
    const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT)
    const nodes = []
    while (walker.nextNode()) if (/[^\s\u200b]/.test(walker.currentNode.data)) nodes.push(walker.currentNode) // KaTeX's struts hold U+200B
    return nodes.filter((node) => !node.parentElement.closest('style, script, .katex-mathml, iframe'))
  }

  sections.forEach((section, index) => {
    const report = (rule, detail) => found.push({ slide: index + 1, line: Number(section.dataset.line), rule, detail })
    const frame = section.getBoundingClientRect(), scale = frame.height / section.offsetHeight
    const bottomOf = (rect) => (rect.bottom - frame.top) / scale
    if (!section.querySelector('h1, h2')) report('heading', '')

    const over = Math.max(section.scrollHeight - section.clientHeight, section.scrollWidth - section.clientWidth)
    if (over > 1) report('overflow', `${over} px`)
    for (const box of section.querySelectorAll('pre, table, .cols > div, .box, figure, .katex-display')) {
      const wide = Math.max(box.scrollWidth - box.clientWidth, box.matches('pre') ? box.scrollHeight - box.clientHeight : 0)
      const beyond = (box.getBoundingClientRect().right - frame.right) / scale
      if (wide > 1 || beyond > 1) report('overflow', `"${short(box.textContent)}" by ${Math.round(Math.max(wide, beyond))} px`)
    }

    for (const node of texts(section)) {
      const parent = node.parentElement
      const range = document.createRange()
      range.selectNodeContents(node)
      const fixed = parent.closest('footer, header')
      const rects = [...range.getClientRects()]
      const low = Math.max(...rects.map(bottomOf), 0)
      if (!fixed && low > section.offsetHeight - FOOTER && low <= section.offsetHeight) report('footer', short(node.data))
      // A slide scrolls to the right and downwards only: what lies beyond its other edges adds nothing to scrollHeight.
      const before = Math.max(...rects.map((rect) => Math.max(frame.top - rect.top, frame.left - rect.left) / scale), 0)
      if (before > 1) report('overflow', `"${short(node.data)}" by ${Math.round(before)} px`)
      if (parent.closest('.katex .mtight')) continue // indices are smaller by design
      const size = parseFloat(getComputedStyle(parent).fontSize), least = parent.closest('code, pre') ? CODE : TEXT
      if (size < least - 0.05) report('font', `"${short(node.data)}" has ${size.toFixed(1)} px, at least ${least}`)
    }

    for (const image of section.querySelectorAll('img')) {
      const decorative = image.getAttribute('alt') === '' && image.closest('[aria-hidden=true]')
      const name = short(image.getAttribute('src').replace(/^data:.*/, 'picture'))
      if (!decorative && !(image.getAttribute('alt') ?? '').trim()) report('alt', name)
      if (!image.complete || image.naturalWidth === 0) report('broken', image.alt || name)
      const asked = parseFloat(image.style.width), given = image.getBoundingClientRect().width / scale
      if (asked > given + 1) report('overflow', `"${short(image.alt || name)}" by ${Math.round(asked - given)} px`)
      if (bottomOf(image.getBoundingClientRect()) > section.offsetHeight - 30 && !image.closest('.title')) report('footer', image.alt || name)
    }
    for (const inner of section.querySelectorAll('iframe')) if (!inner.title.trim()) report('alt', 'iframe without a title')
    for (const link of section.querySelectorAll('a[href]')) {
      const href = link.getAttribute('href')
      if (href.startsWith('#') ? !document.getElementById(decodeURIComponent(href.slice(1))) : !/^(https?|mailto):/.test(href)) report('link', href)
    }
  })
  return found
}

/** Runs in the page: the slide that an axe finding belongs to. */
function locate(target) {
  const section = document.querySelector(target)?.closest('section[data-line]')
  const all = [...document.querySelectorAll('section[data-line]')]
  return { slide: all.indexOf(section) + 1, line: Number(section?.dataset.line ?? 1) }
}

async function accessibility(page) {
  const found = []
  for (const frame of page.frames()) {
    await frame.evaluate(axe)
    const { violations } = await frame.evaluate((options) => window.axe.run(document, { ...options, iframes: false }), rules)
    const owner = frame === page.mainFrame() ? null : await (await frame.frameElement()).evaluate((element) => {
      const section = element.closest('section[data-line]')
      return { slide: [...document.querySelectorAll('section[data-line]')].indexOf(section) + 1, line: Number(section.dataset.line) }
    })
    for (const { id, help, nodes } of violations)
      for (const node of nodes) {
        const place = owner ?? (await page.evaluate(locate, String(node.target[0])))
        found.push({ ...place, rule: 'axe', detail: `${help} (${id}): ${node.html.replace(/\s+/g, ' ').slice(0, 90)}` })
      }
  }
  return found
}

async function measure(browser, file) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  const found = []
  const note = (rule, detail) => found.push({ slide: 0, line: 1, rule, detail })
  page.on('request', (request) => {
    const url = request.url()
    if (!/^(file|data|about|blob):/.test(url)) note('network', url)
    if (/^file:/.test(url) && url !== pathToFileURL(file).href) note('outside', basename(url))
  })
  page.on('pageerror', (error) => note('script', String(error)))
  await page.route(/^https?:/, (route) => route.abort())
  await page.goto(pathToFileURL(file).href)
  await page.evaluate(() => document.fonts.ready)
  found.push(...(await page.evaluate(inspect)), ...(await accessibility(page)))
  await page.close()
  return found.map((finding) => ({ deck: basename(file).replace(/\.html$/, ''), ...finding }))
}

const [executablePath, ...files] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath, args: ['--disable-dev-shm-usage'], chromiumSandbox: false })
const found = []
for (const file of files) found.push(...(await measure(browser, file)))
await browser.close()
process.stdout.write(JSON.stringify(found))
