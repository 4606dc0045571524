import { regionColor, regionShape } from '../../app/index.ts'

/** A region's sign as a picture of its own. */
export function RegionMark({ region, size = 12 }: { readonly region: number; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" style={{ flex: 'none' }}>
      <path d={regionShape(region)} fill={regionColor(region)} />
    </svg>
  )
}
