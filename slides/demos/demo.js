// What both pictures need: SVG elements, and handles that mouse, finger and arrow keys move alike.
const SVG = 'http://www.w3.org/2000/svg'

/** Return a new SVG element inside `parent`. */
function add(parent, name, attributes = {}, text = '') {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.textContent = text
  parent.append(element)
  return element
}

/** Draw one cell of memory. */
function cell(parent, x, y, size, text, fill, ghost = false) {
  const style = fill && !ghost ? `fill: var(--${fill})` : ''
  add(parent, 'rect', { x, y, width: size, height: size, class: ghost ? 'cell ghost' : 'cell', style })
  const attributes = { x: x + size / 2, y: y + size / 2 + 8, 'text-anchor': 'middle', class: 'mono' }
  if (ghost) attributes.style = 'fill: var(--muted)'
  add(parent, 'text', attributes, text)
}

/**
 * Make `element` a slider: arrow keys, Home and End, or dragging along `axis` ('x' or 'y') by `step` pixels a unit.
 * `get` and `set` read and write the value; `set` gets a whole number within [min, max].
 */
function slider(element, { name, min, max, axis, step, get, set }) {
  const go = (value) => set(Math.min(max, Math.max(min, Math.round(value))))
  const keys = { ArrowRight: 1, ArrowUp: axis === 'y' ? -1 : 1, ArrowLeft: -1, ArrowDown: axis === 'y' ? 1 : -1 }
  let from = null
  element.setAttribute('role', 'slider')
  element.setAttribute('tabindex', '0')
  element.setAttribute('aria-label', name)
  element.setAttribute('aria-valuemin', min)
  element.setAttribute('aria-valuemax', max)
  element.setAttribute('aria-orientation', axis === 'y' ? 'vertical' : 'horizontal')
  element.addEventListener('keydown', (event) => {
    if (event.key in keys) go(get() + keys[event.key])
    else if (event.key === 'Home') go(min)
    else if (event.key === 'End') go(max)
    else return
    event.preventDefault()
    event.stopPropagation() // the deck would turn the page
  })
  const place = (event) => {
    const matrix = element.ownerSVGElement.getScreenCTM().inverse()
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix)[axis]
  }
  element.addEventListener('pointerdown', (event) => {
    element.setPointerCapture(event.pointerId)
    element.focus()
    from = { place: place(event), value: get() }
  })
  element.addEventListener('pointermove', (event) => {
    if (from) go(from.value + (place(event) - from.place) / step)
  })
  for (const end of ['pointerup', 'pointercancel']) element.addEventListener(end, () => { from = null })
  return () => element.setAttribute('aria-valuenow', get())
}
