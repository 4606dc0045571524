/** Lines over two logarithmic axes, as an SVG that reads in light and dark pages alike. */
const WIDTH = 720
const HEIGHT = 400
const LEFT = 64
const RIGHT = 170
const TOP = 28
const BOTTOM = 48
const COLOURS = ['#1d5fb4', '#b0480f', '#2f7d4f', '#7a4fb5', '#8a6a00', '#b23a6b', '#3a7f8c', '#5d6570']
const LABEL_GAP = 16

/** `points`: microseconds, one for each size. */
export function drawGrowth(
  sizes: readonly number[],
  lines: readonly { name: string; points: readonly number[] }[],
): string {
  const all = lines.flatMap(({ points }) => points)
  const low = Math.floor(Math.log10(Math.min(...all)))
  const high = Math.ceil(Math.log10(Math.max(...all)))
  const first = Math.log10(sizes[0] ?? 1)
  const last = Math.log10(sizes.at(-1) ?? 10)
  const x = (size: number) => LEFT + ((Math.log10(size) - first) / (last - first)) * (WIDTH - LEFT - RIGHT)
  const y = (us: number) => HEIGHT - BOTTOM - ((Math.log10(us) - low) / (high - low)) * (HEIGHT - TOP - BOTTOM)
  const parts: string[] = []
  for (let power = low; power <= high; power++) {
    const at = y(10 ** power).toFixed(1)
    parts.push(`<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" class="grid"/>`)
    parts.push(`<text x="${LEFT - 10}" y="${at}" dy="4" text-anchor="end">${10 ** power} µs</text>`)
  }
  sizes.forEach((size) => {
    parts.push(
      `<text x="${x(size).toFixed(1)}" y="${HEIGHT - BOTTOM + 22}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
    )
  })
  const labels = placed(lines.map(({ points }) => y(points.at(-1) ?? 1)))
  lines.forEach(({ name, points }, i) => {
    const colour = COLOURS[i % COLOURS.length]
    const path = points.map((us, k) => `${x(sizes[k] ?? 1).toFixed(1)},${y(us).toFixed(1)}`)
    parts.push(`<polyline points="${path.join(' ')}" stroke="${colour}"/>`)
    for (const point of path)
      parts.push(`<circle cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="3" fill="${colour}"/>`)
    parts.push(
      `<text x="${WIDTH - RIGHT + 12}" y="${(labels[i] ?? 0).toFixed(1)}" dy="4" fill="${colour}">${name}</text>`,
    )
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Microseconds per operation over the size of one collection">
<style>text{font:13px system-ui,sans-serif}text:not([fill]){fill:#6b7178}.grid{stroke:#8886;stroke-width:1}polyline{fill:none;stroke-width:2}</style>
${parts.join('\n')}
<text x="${LEFT}" y="16">per operation, by the number of elements in the collection</text>
</svg>
`
}

/** Places of labels near where their lines end, far enough from each other. */
function placed(wanted: readonly number[]): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  const out = [...wanted]
  let free = -Infinity
  for (const i of order) {
    out[i] = Math.max(wanted[i] ?? 0, free)
    free = (out[i] ?? 0) + LABEL_GAP
  }
  return out
}
