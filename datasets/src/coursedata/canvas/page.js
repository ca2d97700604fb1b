// The page: strokes by pointer or by keys, what the model makes of them, as bars and as words.
const FIELD = 280, STEP = 10, WIDTH = 22
const program = JSON.parse(document.getElementById('program').textContent)
const read = reader(program)
const field = document.getElementById('field'), seen = document.getElementById('seen'), status = document.getElementById('status')
const centre = document.getElementById('centre')
const strokes = []
const pen = { x: FIELD / 2, y: FIELD / 2, down: false, shown: false }
const drawing = new Map() // strokes that are being drawn, by pointer

const bars = Array.from({ length: 10 }, (_, digit) => {
  const row = document.createElement('li')
  row.innerHTML = `<span>${digit}</span><span class="track"><span class="share" style="display: block"></span></span><span class="percent"></span>`
  document.getElementById('bars').append(row)
  return { row, share: row.querySelector('.share'), percent: row.querySelector('.percent') }
})
const percent = (share) => `${(100 * share).toFixed(share > 0.9995 || share < 0.0005 ? 0 : 1)} %`

/** Return how sure the model is of each digit. */
function sharesOf(answer) {
  return program.probabilities ? answer : [...softmax(tensor([10], Float32Array.from(answer)), false).data]
}

function words(shares) {
  const [first, second] = shares.map((_, digit) => digit).sort((a, b) => shares[b] - shares[a])
  const sure = shares[first] > 0.9 ? '' : ' It is not sure.'
  return `The model reads a ${first} (${percent(shares[first])}), then a ${second} (${percent(shares[second])}).${sure}`
}

/** Show what is drawn; the words wait until a stroke has ended, so that nothing is read out half-way. */
function show(ended) {
  paint()
  const pixels = pixelsOf(strokes, centre.checked ? 0 : FIELD)
  const picture = seen.getContext('2d').createImageData(SIDE, SIDE)
  pixels.forEach((value, k) => picture.data.set([value, value, value, 255], 4 * k))
  seen.getContext('2d').putImageData(picture, 0, 0)
  const shares = strokes.length ? sharesOf(read(pixels)) : Array(10).fill(0)
  bars.forEach(({ row, share, percent: text }, digit) => {
    row.className = strokes.length && shares[digit] === Math.max(...shares) ? 'first' : ''
    share.style.width = `${100 * shares[digit]}%`
    text.textContent = strokes.length ? percent(shares[digit]) : '–'
  })
  if (!strokes.length) say('Draw a digit, as large as you like.')
  else if (ended) say(words(shares))
}
function say(text) { if (status.textContent !== text) status.textContent = text }

function paint() {
  const draw = field.getContext('2d'), colours = getComputedStyle(field)
  draw.setTransform(2, 0, 0, 2, 0, 0)
  draw.clearRect(0, 0, FIELD, FIELD)
  Object.assign(draw, { lineWidth: WIDTH, lineCap: 'round', lineJoin: 'round', strokeStyle: colours.color })
  for (const stroke of strokes) {
    draw.beginPath()
    draw.moveTo(...stroke[0])
    for (const point of stroke.length > 1 ? stroke.slice(1) : stroke) draw.lineTo(...point)
    draw.stroke()
  }
  if (!pen.shown) return
  draw.beginPath()
  Object.assign(draw, { lineWidth: 3, strokeStyle: colours.getPropertyValue(pen.down ? '--green' : '--blue') })
  for (const [dx, dy] of [[14, 0], [0, 14]]) { draw.moveTo(pen.x - dx, pen.y - dy); draw.lineTo(pen.x + dx, pen.y + dy) }
  draw.stroke()
}

// ---- by mouse, pen or finger
function placeOf(event) {
  const box = field.getBoundingClientRect()
  return [event.clientX - box.left, event.clientY - box.top].map((value, axis) =>
    Math.min(Math.max((value / (axis ? box.height : box.width)) * FIELD, 0), FIELD))
}
field.addEventListener('pointerdown', (event) => {
  if (event.pointerType === 'mouse' && event.button !== 0) return
  event.preventDefault()
  field.focus({ preventScroll: true })
  field.setPointerCapture(event.pointerId)
  Object.assign(pen, { down: false, shown: false })
  drawing.set(event.pointerId, [placeOf(event)])
  strokes.push(drawing.get(event.pointerId))
  show(false)
})
field.addEventListener('pointermove', (event) => {
  const stroke = drawing.get(event.pointerId)
  if (!stroke) return
  for (const part of event.getCoalescedEvents?.().length ? event.getCoalescedEvents() : [event]) stroke.push(placeOf(part))
  show(false)
})
for (const end of ['pointerup', 'pointercancel']) field.addEventListener(end, (event) => { if (drawing.delete(event.pointerId)) show(true) })

// ---- by keys
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
field.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const way = WAYS[event.key]
  if (way) move(way)
  else if (event.key === ' ') toggle()
  else if (event.key === 'Backspace') undo()
  else if (event.key === 'Delete') clear()
  else return
  event.preventDefault()
})
function move([dx, dy]) {
  const inside = (value) => Math.min(Math.max(value, 0), FIELD)
  Object.assign(pen, { x: inside(pen.x + STEP * dx), y: inside(pen.y + STEP * dy), shown: true })
  if (pen.down) strokes.at(-1).push([pen.x, pen.y])
  show(pen.down)
}
function toggle() {
  Object.assign(pen, { down: !pen.down, shown: true })
  if (pen.down) strokes.push([[pen.x, pen.y]])
  show(true)
  if (!pen.down && strokes.length) return
  say(`The pen is ${pen.down ? 'down' : 'up'}.`)
}
function undo() { pen.down = false; drawing.clear(); strokes.pop(); show(true) }
function clear() { pen.down = false; drawing.clear(); strokes.length = 0; show(true) }
document.getElementById('undo').addEventListener('click', undo)
document.getElementById('clear').addEventListener('click', clear)
centre.addEventListener('change', () => show(true))
field.addEventListener('focus', () => { if (field.matches(':focus-visible')) { pen.shown = true; paint() } })
field.addEventListener('blur', () => { pen.shown = false; paint() })
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint)
show(true)
