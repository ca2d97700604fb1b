// Takes the still pictures that stand for the demos in a PDF. Run in slides/: node demos/stills.mjs [NAME …]
import { readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { demoPage } from '../marp/pictures.mjs'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const browser = await chromium.launch({ executablePath: process.env.T2P_CHROMIUM ?? '/usr/bin/chromium' })
const pages = readdirSync(join(home, 'demos')).filter((file) => file.endsWith('.html')).map((file) => file.replace('.html', ''))
for (const name of process.argv.length > 2 ? process.argv.slice(2) : pages) {
  const page = await browser.newPage({ viewport: { width: 1134, height: 496 }, deviceScaleFactor: 1.5 })
  await page.setContent(demoPage(home, `demos/${name}.html`, false))
  await page.evaluate(() => document.fonts.ready)
  await page.evaluate(() => window.still?.()) // a demo may say what its still shows
  writeFileSync(join(home, 'demos', `${name}.png`), await page.screenshot())
}
await browser.close()
