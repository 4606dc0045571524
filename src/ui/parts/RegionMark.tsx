/** A region's sign: a colour and a shape, so that neither has to be seen to tell regions apart. */

const SHAPES: readonly string[] = [
  'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2Z',
  'M2.8 2.8h10.4v10.4H2.8Z',
  'M8 1.8 14.6 13.6H1.4Z',
  'M8 1 15 8 8 15 1 8Z',
  'M8 1.4 14.7 6.3 12.1 14.2H3.9L1.3 6.3Z',
]

export function regionColor(region: number): string {
  return `var(--region-${((region - 1) % SHAPES.length) + 1})`
}

export function regionShape(region: number): string {
  return SHAPES[(region - 1) % SHAPES.length] ?? ''
}

export function RegionMark({ region, size = 12 }: { readonly region: number; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" style={{ flex: 'none' }}>
      <path d={regionShape(region)} fill={regionColor(region)} />
    </svg>
  )
}
