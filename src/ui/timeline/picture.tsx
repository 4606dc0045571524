/** The diagram as a picture that needs nothing else: an SVG file in the colours of the page, with all that is shown from the first event to now. */
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { layoutOf, regionColor, regionShape, yOfTime } from '../../app/index.ts'
import { Drawing, type DrawingProps } from './Drawing.tsx'
import { clipped, headsOf, placeLanes, shownLanes, TAIL_PX } from './geometry.ts'
import styles from './Diagram.module.css'

const LANE_PX = 230
const LEAST_WIDTH_PX = 720
const HEAD_PX = 36
/** More than that no viewer shows well; a filter narrows it. */
export const MOST_PICTURED = 1000

export type Pictured = Pick<
  DrawingProps,
  'timeline' | 'view' | 'hidden' | 'housekeeping' | 'selected' | 'now' | 'arrivals'
>

/** What the picture keeps of the page's styles: of shapes, and beside that of texts. */
const KEPT = ['fill', 'stroke', 'opacity', 'paint-order']
const KEPT_OF_STROKES = ['stroke-width', 'stroke-dasharray', 'stroke-linejoin']
const KEPT_OF_TEXTS = ['font-family', 'font-size', 'font-weight', 'text-decoration-line']

/** The file's text. Throws when more than `MOST_PICTURED` events are shown. */
export function pictureOf(pictured: Pictured): string {
  const { timeline, view, hidden, now } = pictured
  if (view.events.length > MOST_PICTURED) throw new Error(`a picture holds at most ${MOST_PICTURED} events`)
  const shown = shownLanes(timeline.lanes, hidden)
  const width = Math.max(LEAST_WIDTH_PX, shown.length * LANE_PX)
  const lanes = placeLanes(shown, width)
  const layout = layoutOf(timeline, 1, view.rows)
  const nowY = yOfTime(layout, timeline, Math.max(now, timeline.rows.at(-1) ?? 0))
  const height = nowY + TAIL_PX
  const stage = document.createElement('div')
  stage.className = 'visually-hidden'
  stage.setAttribute('aria-hidden', 'true')
  document.body.append(stage)
  const root = createRoot(stage)
  try {
    flushSync(() =>
      root.render(
        <Drawing
          {...pictured}
          {...{ layout, lanes, nowY, width, height, window: { top: 0, bottom: height }, onSelect: () => {} }}
        />,
      ),
    )
    const drawn = stage.querySelector('svg')
    if (!drawn) throw new Error('nothing was drawn')
    return serialized(drawn, [...heads(lanes, drawn)], width, height)
  } finally {
    root.unmount()
    stage.remove()
  }
}

function serialized(drawn: SVGSVGElement, above: readonly Element[], width: number, height: number): string {
  const picture = drawn.cloneNode(true) as SVGSVGElement
  const sources = [...drawn.querySelectorAll('*')]
  const copies = [...picture.querySelectorAll('*')]
  copies.forEach((copy, i) => keepStyles(sources[i] as Element, copy))
  for (const hit of picture.querySelectorAll('[fill="rgba(0, 0, 0, 0)"]')) hit.remove()
  const surface = resolved(drawn, 'var(--surface)')
  const background = svgElement('rect', { x: 0, y: -HEAD_PX, width: '100%', height: '100%', fill: surface })
  for (const name of picture.getAttributeNames()) picture.removeAttribute(name)
  picture.setAttribute('width', String(width))
  picture.setAttribute('height', String(height + HEAD_PX))
  picture.setAttribute('viewBox', `0 ${-HEAD_PX} ${width} ${height + HEAD_PX}`)
  picture.prepend(background)
  picture.append(...above)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}\n`
}

/** Computed styles as attributes, in place of classes and all that only the page needs. */
function keepStyles(source: Element, copy: Element): void {
  const style = getComputedStyle(source)
  for (const name of copy.getAttributeNames())
    if (/^(?:class|style|role|tabindex|aria-|data-)/.test(name) || (name === 'id' && copy.tagName !== 'pattern'))
      copy.removeAttribute(name)
  if (/^(?:defs|pattern|title|g)$/.test(copy.tagName)) {
    if (style.opacity !== '1') copy.setAttribute('opacity', style.opacity)
    return
  }
  const kept = [
    ...KEPT,
    ...(style.stroke === 'none' ? [] : KEPT_OF_STROKES),
    ...(/^(?:text|tspan)$/.test(copy.tagName) ? KEPT_OF_TEXTS : []),
  ]
  for (const property of kept) {
    const value = style.getPropertyValue(property)
    if (!INITIAL.has(`${property}: ${value}`)) copy.setAttribute(property.replace('-line', ''), value)
  }
}

const INITIAL = new Set([
  'stroke: none',
  'opacity: 1',
  'paint-order: normal',
  'stroke-dasharray: none',
  'stroke-linejoin: miter',
  'text-decoration-line: none',
])

/** The names of the lanes, which on the page stand above what scrolls. */
function* heads(lanes: ReturnType<typeof placeLanes>, drawn: SVGSVGElement): Generator<Element> {
  const { color, fontFamily } = getComputedStyle(document.body)
  for (const lane of headsOf(lanes)) {
    const sign = svgElement('path', {
      d: regionShape(lane.region),
      transform: `translate(${lane.x - 7} ${-HEAD_PX + 11}) scale(0.875)`,
      fill: resolved(drawn, regionColor(lane.region)),
    })
    const toLabel = lane.anchor === 'end' ? -12 : 12
    const name = svgElement('text', {
      x: lane.x + toLabel,
      y: -HEAD_PX + 23,
      'text-anchor': lane.anchor,
      'font-family': fontFamily,
      'font-size': 13,
      'font-weight': 600,
      fill: color,
    })
    name.textContent = clipped(lane.name, Math.floor(lane.headPx / 8))
    yield sign
    yield name
  }
}

/** A colour of the page as it is in this theme. */
function resolved(drawn: SVGSVGElement, color: string): string {
  const probe = svgElement('rect', {}) as SVGElement
  probe.setAttribute('class', styles.lane ?? '')
  probe.style.fill = color
  drawn.append(probe)
  const { fill } = getComputedStyle(probe)
  probe.remove()
  return fill
}

function svgElement(name: string, attributes: Readonly<Record<string, string | number>>): Element {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}
