/**
 * A region's sign: a colour and a shape, so that neither has to be seen to tell regions apart. The second five take the colours again, with shapes of
 * their own; a region that comes back under a new number has a new sign.
 */

const COLORS = 5
const SHAPES: readonly string[] = [
  'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2Z',
  'M2.8 2.8h10.4v10.4H2.8Z',
  'M8 1.8 14.6 13.6H1.4Z',
  'M8 1 15 8 8 15 1 8Z',
  'M8 1.4 14.7 6.3 12.1 14.2H3.9L1.3 6.3Z',
  'M5.6 1.6h4.8v4h4v4.8h-4v4H5.6v-4h-4V5.6h4Z',
  'M8 14.2 1.4 2.4h13.2Z',
  'M4.5 2h7L15 8l-3.5 6h-7L1 8Z',
  'M8 .8l2 4.9 5.2.4-4 3.4 1.3 5.1L8 11.8l-4.5 2.8 1.3-5.1-4-3.4 5.2-.4Z',
  'M2 5.5 5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5Z',
]

export function regionColor(region: number): string {
  return `var(--region-${((region - 1) % COLORS) + 1})`
}

export function regionShape(region: number): string {
  return SHAPES[(region - 1) % SHAPES.length] ?? ''
}
