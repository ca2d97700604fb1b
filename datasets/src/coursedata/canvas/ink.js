// From strokes to 28 x 28 pixels, as MNIST was made: the longer side of the digit is scaled to 20 pixels, and the centre of
// its mass is moved to the middle. Strokes are lists of points [x, y]; their unit and place do not matter then.
const SIDE = 28, BOX = 20, PEN = 1.15, FINE = 4, MOST = 0.7
const MIDDLE = SIDE / 2 + 0.5 // where the centre of mass lies in MNIST: the pixel with index 14

/** Return 28 x 28 pixels from 0 to 255, bright ink on black; all 0 without strokes. With `field`, the side of the field
 *  in the unit of the points, everything stays where and as large as it was drawn. */
function pixelsOf(strokes, field = 0) {
  const points = strokes.flat(), bytes = (light) => Uint8Array.from(light, (value) => Math.round(255 * value))
  if (!points.length) return new Uint8Array(SIDE * SIDE)
  if (field) return bytes(inked(strokes.map((stroke) => stroke.map((point) => point.map((value) => (value * SIDE) / field)))))
  const [left, right, top, bottom] = [0, 1].flatMap((axis) => {
    const values = points.map((point) => point[axis])
    return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
  })
  const scale = Math.min((BOX - 2 * PEN) / Math.max(right - left, bottom - top, 1e-9), MOST) // a dot stays a dot
  const place = (dx, dy) => strokes.map((stroke) => stroke.map(([x, y]) =>
    [MIDDLE + dx + scale * (x - (left + right) / 2), MIDDLE + dy + scale * (y - (top + bottom) / 2)]))
  const [massX, massY] = centreOf(inked(place(0, 0)))
  return bytes(inked(place(MIDDLE - massX, MIDDLE - massY)))
}

/** Return the share of each pixel that the pen covers. */
function inked(strokes) {
  const fine = SIDE * FINE, wet = new Uint8Array(fine * fine)
  for (const stroke of strokes) stroke.forEach((end, k) => dab(wet, fine, stroke[Math.max(k - 1, 0)], end))
  const light = new Float64Array(SIDE * SIDE)
  for (let y = 0; y < fine; y += 1) for (let x = 0; x < fine; x += 1) {
    light[Math.floor(y / FINE) * SIDE + Math.floor(x / FINE)] += wet[y * fine + x] / (FINE * FINE)
  }
  return light
}

/** Wet the cells that are not farther than the pen from the line between two points. */
function dab(wet, fine, [x1, y1], [x2, y2]) {
  const inside = (value) => Math.min(Math.max(Math.floor(value * FINE), 0), fine - 1)
  const [dx, dy] = [x2 - x1, y2 - y1], length = dx * dx + dy * dy
  for (let i = inside(Math.min(y1, y2) - PEN); i <= inside(Math.max(y1, y2) + PEN); i += 1) {
    for (let j = inside(Math.min(x1, x2) - PEN); j <= inside(Math.max(x1, x2) + PEN); j += 1) {
      const x = (j + 0.5) / FINE - x1, y = (i + 0.5) / FINE - y1
      const along = length ? Math.min(Math.max((x * dx + y * dy) / length, 0), 1) : 0
      if ((x - along * dx) ** 2 + (y - along * dy) ** 2 <= PEN * PEN) wet[i * fine + j] = 1
    }
  }
}

function centreOf(light) {
  let mass = 0, x = 0, y = 0
  light.forEach((value, k) => {
    mass += value
    x += value * ((k % SIDE) + 0.5)
    y += value * (Math.floor(k / SIDE) + 0.5)
  })
  return [x / mass, y / mass]
}
