// From skin colours to a rate, or to a refusal. A sample is { t, r, g, b }: seconds and the mean colour of the skin box.
const BAND = [42, 180] // beats a minute
const STEP = 0.5 // beats a minute between two frequencies that are asked for
const WINDOW = 12 // seconds
const SHORT = 1.6 // seconds: the short window of POS
const LOBE = 9 // beats a minute on either side of a peak that count as its own: the width of a 12 s Hann window
const LEAST = 0 // decibels: with less than half of the power at the pulse, no number is given
const RATE = 30 // samples a second after evening out

/** Return [r, g, b] at an even RATE, by straight lines between the samples. */
function even(samples) {
  const first = samples[0].t, count = Math.floor((samples.at(-1).t - first) * RATE) + 1
  const rgb = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  for (let i = 0, k = 0; i < count; i += 1) {
    const t = first + i / RATE
    while (k < samples.length - 2 && samples[k + 1].t < t) k += 1
    const a = samples[k], b = samples[k + 1]
    const part = Math.min(1, Math.max(0, (t - a.t) / (b.t - a.t)))
    for (const [c, name] of ['r', 'g', 'b'].entries()) rgb[c][i] = a[name] + part * (b[name] - a[name])
  }
  return rgb
}

const mean = (wave) => wave.reduce((sum, value) => sum + value, 0) / wave.length
const spread = (wave) => { const level = mean(wave); return Math.sqrt(mean(wave.map((value) => (value - level) ** 2))) }

/** Take away what is slower than a pulse: the mean of the two seconds around each sample. */
function level(wave) {
  const half = RATE
  return wave.map((value, i) => value - mean(wave.subarray(Math.max(0, i - half), Math.min(wave.length, i + half + 1))))
}

/** Minus the green channel, as a share of its mean (Verkruysse et al. 2008). */
function green([, g]) {
  const all = mean(g)
  return level(g.map((value) => 1 - value / all))
}

/** The plane orthogonal to the skin (Wang et al. 2017). */
function pos([r, g, b]) {
  const size = Math.round(SHORT * RATE), whole = new Float64Array(g.length)
  for (let start = 0; start + size <= g.length; start += 1) {
    const [x, y, z] = [r, g, b].map((wave) => {
      const part = wave.subarray(start, start + size), all = mean(part)
      return part.map((value) => value / all)
    })
    const one = y.map((value, k) => value - z[k]), two = y.map((value, k) => value + z[k] - 2 * x[k])
    const ratio = spread(one) / Math.max(spread(two), 1e-12)
    const sum = one.map((value, k) => value + ratio * two[k]), middle = mean(sum)
    for (let k = 0; k < size; k += 1) whole[start + k] -= sum[k] - middle
  }
  return level(whole)
}

/** Return the power of a wave at each rate from `first` to `last`, under a Hann window. */
function spectrum(wave, first, last) {
  const count = Math.round((last - first) / STEP) + 1
  const shaped = wave.map((value, i) => value * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (wave.length - 1))))
  return Float64Array.from({ length: count }, (_, k) => {
    const turn = (2 * Math.PI * (first + k * STEP)) / 60 / RATE
    let real = 0, imaginary = 0
    for (let i = 0; i < shaped.length; i += 1) {
      real += shaped[i] * Math.cos(turn * i)
      imaginary -= shaped[i] * Math.sin(turn * i)
    }
    return real * real + imaginary * imaginary
  })
}

/** Return the top of the parabola through the logarithms of a peak's power and its neighbours', in steps from the peak. */
function vertex(power, peak) {
  const [left, middle, right] = [-1, 0, 1].map((by) => Math.log(power[peak + by] + 1e-300))
  const bend = left - 2 * middle + right
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (left - right)) / bend)) : 0
}

/** Return the SNR in decibels (after de Haan and Jeanne 2013) of a rate in a spectrum from BAND[0] on. */
function ratio(power, bpm) {
  let own = 0, rest = 1e-300
  power.forEach((value, k) => {
    const rate = BAND[0] + k * STEP
    if (Math.abs(rate - bpm) <= LOBE || Math.abs(rate - 2 * bpm) <= LOBE) own += value
    else rest += value
  })
  return 10 * Math.log10(own / rest)
}

/**
 * Return the rate of the highest peak, its SNR, the spectrum in BAND, and whether that peak lies `outside` of BAND.
 * It is sought a lobe beyond either edge: the flank of a swing out there would else be a rate at the edge.
 */
function reading(wave) {
  const margin = LOBE / STEP, size = (BAND[1] - BAND[0]) / STEP + 1
  const wide = spectrum(wave, BAND[0] - LOBE, BAND[1] + 60), power = wide.subarray(margin)
  let peak = margin
  for (let k = 0; k < size + 2 * margin; k += 1) if (wide[k] > wide[peak]) peak = k
  const shown = { wave, power: power.subarray(0, size), outside: peak < margin || peak >= margin + size }
  if (shown.outside) return { ...shown, bpm: NaN, snr: -Infinity }
  const bpm = BAND[0] + STEP * (peak - margin + vertex(wide, peak))
  return { ...shown, bpm, snr: ratio(power, bpm) }
}

/** Return what can be said of the samples of a window: { seconds, fps, trouble } and, once there are enough, { green, pos }. */
function read(samples) {
  const seconds = samples.length > 1 ? samples.at(-1).t - samples[0].t : 0
  const fps = seconds ? (samples.length - 1) / seconds : 0
  const said = { seconds, fps, trouble: '' }
  if (seconds < WINDOW - 0.25) return { ...said, trouble: 'short' }
  const gap = Math.max(...samples.slice(1).map((sample, k) => sample.t - samples[k].t))
  const all = ['r', 'g', 'b'].map((name) => mean(Float64Array.from(samples, (sample) => sample[name])))
  if (fps < 10 || gap > 0.5) said.trouble = 'slow'
  else if (Math.max(...all) < 30) said.trouble = 'dark'
  else if (Math.max(...all) > 250) said.trouble = 'bright'
  const rgb = even(samples)
  return { ...said, green: reading(green(rgb)), pos: reading(pos(rgb)) }
}
