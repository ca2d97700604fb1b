// The forward pass: one function for each operation of a recorded model, on tensors { data, shape } in row-major order.
// Sums are kept in double precision and stored in single, so that answers agree with PyTorch's to about six digits.
const sizeOf = (shape) => shape.reduce((product, size) => product * size, 1)
const tensor = (shape, data = new Float32Array(sizeOf(shape))) => ({ shape, data })
const stridesOf = (shape) => shape.map((_, axis) => sizeOf(shape.slice(axis + 1)))

/** NumPy's broadcasting of two tensors through `f`. */
function pairwise(a, b, f) {
  const rank = Math.max(a.shape.length, b.shape.length)
  const wide = (shape) => [...Array(rank - shape.length).fill(1), ...shape]
  const [left, right] = [wide(a.shape), wide(b.shape)]
  const shape = left.map((size, axis) => (size === 1 ? right[axis] : size))
  const out = tensor(shape)
  const steps = [left, right].map((own) => stridesOf(own).map((stride, axis) => (own[axis] === 1 ? 0 : stride)))
  const at = Array(rank).fill(0)
  let i = 0, j = 0
  for (let k = 0; k < out.data.length; k += 1) {
    out.data[k] = f(a.data[i], b.data[j])
    for (let axis = rank - 1; axis >= 0; axis -= 1) {
      at[axis] += 1
      i += steps[0][axis]
      j += steps[1][axis]
      if (at[axis] < shape[axis]) break
      i -= steps[0][axis] * shape[axis]
      j -= steps[1][axis] * shape[axis]
      at[axis] = 0
    }
  }
  return out
}

/** Matrix products: (…, n, m) with (…, m, k), leading axes equal; a vector on the right counts as one column. */
function matmul(a, b) {
  const column = b.shape.length === 1
  const shape = column ? [b.shape[0], 1] : b.shape
  const [n, m, k] = [a.shape.at(-2) ?? 1, a.shape.at(-1), shape.at(-1)]
  const blocks = sizeOf(a.shape.slice(0, -2))
  const out = tensor([...a.shape.slice(0, -1), ...(column ? [] : [k])])
  const row = new Float64Array(k)
  for (let block = 0; block < blocks; block += 1) {
    for (let i = 0; i < n; i += 1) {
      row.fill(0)
      for (let l = 0; l < m; l += 1) {
        const x = a.data[(block * n + i) * m + l]
        if (x === 0) continue
        const from = (block * m + l) * k
        for (let j = 0; j < k; j += 1) row[j] += x * b.data[from + j]
      }
      out.data.set(row, (block * n + i) * k)
    }
  }
  return out
}

function convolution(x, weight, { stride, padding, dilation, groups }) {
  const [, channels, height, width] = x.shape, [filters, depth, rows, columns] = weight.shape
  const side = (size, kernel, axis) => Math.floor((size + 2 * padding[axis] - dilation[axis] * (kernel - 1) - 1) / stride[axis]) + 1
  const high = side(height, rows, 0), wide = side(width, columns, 1)
  const out = tensor([1, filters, high, wide]), plane = new Float64Array(high * wide)
  for (let filter = 0; filter < filters; filter += 1) {
    const first = Math.floor(filter / (filters / groups)) * (channels / groups)
    plane.fill(0)
    for (let channel = 0; channel < depth; channel += 1) for (let r = 0; r < rows; r += 1) for (let c = 0; c < columns; c += 1) {
      const w = weight.data[((filter * depth + channel) * rows + r) * columns + c]
      for (let i = 0; i < high; i += 1) {
        const y = i * stride[0] + r * dilation[0] - padding[0]
        if (y < 0 || y >= height) continue
        const from = ((first + channel) * height + y) * width
        for (let j = 0; j < wide; j += 1) {
          const at = j * stride[1] + c * dilation[1] - padding[1]
          if (at >= 0 && at < width) plane[i * wide + j] += w * x.data[from + at]
        }
      }
    }
    out.data.set(plane, filter * high * wide)
  }
  return out
}

/** Windows of each plane, whose values `f` makes into one number; `window(i, axis)` gives its first place and its end. */
function windows(x, shape, window, f) {
  const out = tensor(shape), [high, wide] = shape.slice(-2), [height, width] = x.shape.slice(-2)
  for (let plane = 0; plane < out.data.length / (high * wide); plane += 1) for (let i = 0; i < high; i += 1) for (let j = 0; j < wide; j += 1) {
    const [top, bottom, down] = window(i, 0), [left, right, across] = window(j, 1), seen = []
    for (let y = top; y < bottom; y += down) for (let at = left; at < right; at += across) {
      if (y >= 0 && y < height && at >= 0 && at < width) seen.push(x.data[(plane * height + y) * width + at])
    }
    out.data[(plane * high + i) * wide + j] = f(seen, [top, bottom, left, right], height, width)
  }
  return out
}
const pool = (f) => (x, { kernel, stride, padding, dilation, padded, shape }) =>
  windows(x, shape, (i, axis) => {
    const from = i * stride[axis] - padding[axis]
    return [from, from + dilation[axis] * (kernel[axis] - 1) + 1, dilation[axis]]
  }, (seen, [top, bottom, left, right], height, width) => f(seen, padded
    ? (Math.min(bottom, height + padding[0]) - top) * (Math.min(right, width + padding[1]) - left) : seen.length))
const adaptive = (f) => (x, { shape }) =>
  windows(x, shape, (i, axis) => {
    const size = x.shape.at(axis - 2), count = shape.at(axis - 2)
    return [Math.floor((i * size) / count), Math.ceil(((i + 1) * size) / count), 1]
  }, (seen) => f(seen, seen.length))
const mean = (seen, count) => seen.reduce((sum, value) => sum + value, 0) / count
const largest = (seen) => seen.reduce((most, value) => Math.max(most, value), -Infinity)

function reduced(x, { axes, shape }, share) {
  const strides = stridesOf(x.shape), kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
  const sums = new Float64Array(sizeOf(kept)), places = stridesOf(kept)
  x.data.forEach((value, k) => {
    sums[x.shape.reduce((place, size, axis) => place + (kept[axis] === 1 ? 0 : (Math.floor(k / strides[axis]) % size) * places[axis]), 0)] += value
  })
  return tensor(shape, Float32Array.from(sums, (sum) => sum * (share ? sums.length / x.data.length : 1)))
}

function permute(x, order) {
  const strides = stridesOf(x.shape), shape = order.map((axis) => x.shape[axis]), own = stridesOf(shape)
  return tensor(shape, x.data.map((_, k) => x.data[order.reduce((from, axis, to) => from + (Math.floor(k / own[to]) % shape[to]) * strides[axis], 0)]))
}

/** Softmax of each row, or its logarithm; the largest is taken off first, so that nothing overflows. */
function softmax(x, logarithm) {
  const wide = x.shape.at(-1), out = tensor(x.shape)
  for (let from = 0; from < x.data.length; from += wide) {
    const row = x.data.subarray(from, from + wide), most = largest(row)
    const total = row.reduce((sum, value) => sum + Math.exp(value - most), 0)
    row.forEach((value, j) => { out.data[from + j] = logarithm ? value - most - Math.log(total) : Math.exp(value - most) / total })
  }
  return out
}

/** The error function by its series, which is exact here within single precision, and 1 beyond. */
function erf(x) {
  if (Math.abs(x) > 4) return Math.sign(x)
  let term = x, sum = x
  for (let n = 1; n < 80; n += 1) {
    term *= (-x * x) / n
    sum += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}
const sigmoid = (x) => 1 / (1 + Math.exp(-x))
const clamp = (x, low, high) => Math.min(Math.max(x, low ?? -Infinity), high ?? Infinity)
const each = (f) => (x, settings) => tensor(x.shape, x.data.map((value) => f(value, settings)))
const both = (f) => (a, b) => pairwise(a, b, f)

const operations = {
  same: (x, { shape }) => tensor(shape, x.data),
  matmul, convolution,
  permute: (x, { order }) => permute(x, order),
  add: both((a, b) => a + b), sub: both((a, b) => a - b), mul: both((a, b) => a * b), div: both((a, b) => a / b), pow: both(Math.pow),
  maximum: both(Math.max), minimum: both(Math.min),
  relu: each((x) => Math.max(x, 0)), sigmoid: each(sigmoid), tanh: each(Math.tanh), silu: each((x) => x * sigmoid(x)),
  exp: each(Math.exp), log: each(Math.log), sqrt: each(Math.sqrt), neg: each((x) => -x), abs: each(Math.abs),
  hardsigmoid: each((x) => clamp(x / 6 + 0.5, 0, 1)), hardswish: each((x) => x * clamp(x / 6 + 0.5, 0, 1)),
  leaky_relu: each((x, { slope }) => (x > 0 ? x : slope * x)), elu: each((x, { alpha }) => (x > 0 ? x : alpha * Math.expm1(x))),
  gelu: each((x, { exact }) => 0.5 * x * (1 + (exact ? erf(x / Math.SQRT2) : Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))))),
  clamp: each((x, { low, high }) => clamp(x, low, high)),
  max_pool: pool(largest), mean_pool: pool(mean), adaptive_max_pool: adaptive(largest), adaptive_mean_pool: adaptive(mean),
  mean: (x, settings) => reduced(x, settings, true), sum: (x, settings) => reduced(x, settings, false),
  softmax: (x) => softmax(x, false), log_softmax: (x) => softmax(x, true),
}

/** Return the constants of a program, read from base64 of little-endian float32. */
function constantsOf({ constants, weights }) {
  const bytes = Uint8Array.from(atob(weights), (letter) => letter.charCodeAt(0)), view = new DataView(bytes.buffer)
  const values = []
  let from = 0
  for (const { place, shape } of constants) {
    values[place] = tensor(shape, Float32Array.from({ length: sizeOf(shape) }, (_, k) => view.getFloat32(from + 4 * k, true)))
    from += 4 * sizeOf(shape)
  }
  return values
}

/** Return the model as a function of 784 pixels from 0 to 255, rows from above, that gives its ten numbers. */
function reader(program) {
  const constants = constantsOf(program)
  return (pixels) => {
    const values = constants.slice()
    values[0] = tensor([1, ...program.shape], Float32Array.from(pixels, (pixel) => (pixel / 255 - program.mean) / program.std))
    for (const { op, inputs, output, ...settings } of program.steps) {
      values[output] = operations[op](...inputs.map((place) => values[place]), settings)
    }
    return [...values[program.result].data]
  }
}
