import { expect, test } from 'vitest'
import { DEFAULT_LAYOUT, foldToggled, layoutFrom, resized, separatorAt, shown, tabbedIn } from './page-layout.ts'

test('a separator takes from one column what it gives to the other, and leaves each of them some room', () => {
  const before = separatorAt(DEFAULT_LAYOUT, 'wide', 0)
  const moved = resized(DEFAULT_LAYOUT, 'wide', 0, 0.1)
  expect(separatorAt(moved, 'wide', 0)).toBeCloseTo(before + 0.1)
  expect(separatorAt(moved, 'wide', 1)).toBeCloseTo(separatorAt(DEFAULT_LAYOUT, 'wide', 1))
  const far = resized(moved, 'wide', 0, 5)
  expect(separatorAt(far, 'wide', 0)).toBeCloseTo(separatorAt(far, 'wide', 1) - 0.12)
  const back = resized(far, 'wide', 0, -5)
  expect(separatorAt(back, 'wide', 0)).toBeCloseTo(0.12)
  expect(moved.widths.medium).toEqual(DEFAULT_LAYOUT.widths.medium)
})

test('columns fold away and back; the last open one stays', () => {
  const one = foldToggled(DEFAULT_LAYOUT, 'medium', 'terminals')
  expect(one.folded).toEqual(['terminals'])
  expect(foldToggled(one, 'medium', 'side')).toEqual(one)
  expect(foldToggled(one, 'medium', 'terminals').folded).toEqual([])
})

test('a panel that is shown is unfolded, and in front of its tabs', () => {
  const folded = foldToggled(DEFAULT_LAYOUT, 'wide', 'side')
  const layout = shown(folded, 'wide', 'console')
  expect(layout.folded).toEqual([])
  expect(layout.front).toEqual({ wide: 'console', medium: 'timeline', narrow: 'terminals' })
  expect(shown(DEFAULT_LAYOUT, 'wide', 'timeline')).toEqual(DEFAULT_LAYOUT)
  expect(tabbedIn('medium')).toContain('timeline')
})

test.each([
  null,
  7,
  { widths: { wide: [1, 2] }, folded: 'side', front: { wide: 'terminals' } },
  { widths: 3, front: 4 },
])('what makes no sense in storage is as at first: %j', (stored) => expect(layoutFrom(stored)).toEqual(DEFAULT_LAYOUT))

test('a layout survives storage', () => {
  const layout = shown(resized(foldToggled(DEFAULT_LAYOUT, 'wide', 'timeline'), 'wide', 1, 0.1), 'narrow', 'console')
  expect(layoutFrom(JSON.parse(JSON.stringify(layout)))).toEqual(layout)
})
