import { beforeAll, describe, expect, test } from 'vitest'
import { loadParts } from '../../engine/index.ts'
import { Regions } from '../testing/regions.ts'

beforeAll(() => loadParts(['json']))

const get = (regions: Regions, key = 'doc') => regions.all(`JSON.GET ${key}`)
const both = (text: string) => [`"${text}"`, `"${text}"`]

/** Two regions that hold the same document. */
function two(document: string): Regions {
  const regions = new Regions([0, 0])
  regions.run(1, `JSON.SET doc $ ${document}`)
  regions.sync()
  return regions
}

describe('values at one place (J1)', () => {
  test('J1: the smaller replica id wins, not the later clock', () => {
    const regions = two('{"f":0}')
    regions.run(1, 'JSON.SET doc $.f "b"')
    regions.pass(5000)
    regions.run(2, 'JSON.SET doc $.f "c"')
    regions.sync()
    expect(get(regions)).toEqual(both('{"f":"b"}'))
  })

  test('J1: whoever had seen the other value replaces it, whatever its id', () => {
    const regions = two('{"f":0}')
    regions.run(1, 'JSON.SET doc $.f "b"')
    regions.sync()
    regions.run(2, 'JSON.SET doc $.f "c"')
    regions.sync()
    expect(get(regions)).toEqual(both('{"f":"c"}'))
  })

  test('J1: the whole subtree of the loser is hidden, and never comes back', () => {
    const regions = two('{}')
    regions.run(1, 'JSON.SET doc $.a {}')
    regions.run(2, 'JSON.SET doc $.a {"x":1}')
    regions.sync()
    expect(get(regions)).toEqual(both('{"a":{}}'))
    regions.run(1, 'JSON.DEL doc $.a.x')
    regions.run(2, 'JSON.SET doc $.a 7')
    regions.sync()
    expect(get(regions)).toEqual(both('{"a":7}'))
  })
})

describe('new, deleted, changed (J2)', () => {
  test('J2: setting a field wins over its concurrent deletion', () => {
    const regions = two('{"k":0,"f":1}')
    regions.run(1, 'JSON.DEL doc $.f')
    regions.run(2, 'JSON.SET doc $.f 2')
    regions.sync()
    expect(get(regions)).toEqual(both('{"k":0,"f":2}'))
  })

  test('J2: deleting a field wins over changes inside it', () => {
    const regions = two('{"k":0,"o":{"x":1,"l":[1]},"n":5}')
    regions.run(1, 'JSON.DEL doc $.o')
    regions.run(1, 'JSON.DEL doc $.n')
    regions.run(2, 'JSON.SET doc $.o.y 2')
    regions.run(2, 'JSON.ARRAPPEND doc $.o.l 2')
    regions.run(2, 'JSON.NUMINCRBY doc $.n 3')
    regions.sync()
    expect(get(regions)).toEqual(both('{"k":0}'))
    regions.run(2, 'JSON.SET doc $.n 1')
    regions.sync()
    expect(get(regions)).toEqual(both('{"k":0,"n":1}'))
  })

  test('J2: a change that arrives before what it changes waits for it, or is lost with it', () => {
    const regions = new Regions([0, 0, 0])
    regions.run(1, 'JSON.SET doc $ {"o":{}}')
    regions.sync(1, 2)
    regions.run(2, 'JSON.SET doc $.o.x [1]')
    regions.run(2, 'JSON.NUMINCRBY doc $.o.x[0] 4')
    regions.sync(2, 3)
    expect(regions.run(3, 'JSON.GET doc')).toBe('null')
    regions.sync()
    expect(get(regions)).toEqual(Array.from({ length: 3 }, () => '"{"o":{"x":[5]}}"'))
    regions.run(1, 'JSON.SET doc $ {"p":1}')
    regions.run(2, 'JSON.SET doc $.o.x[0] 9')
    regions.sync(2, 3)
    regions.sync()
    regions.settle()
    expect(get(regions)).toEqual(Array.from({ length: 3 }, () => '"{"p":1}"'))
  })

  test('J2: a full sync takes a change inside no further than the object that it was made in', () => {
    const regions = new Regions([0, 0], 60)
    regions.run(1, 'JSON.SET doc $ {"o":{}}')
    regions.sync()
    regions.cut(1, 2)
    for (let i = 0; i < 20; i++) regions.run(2, `JSON.SET doc $.o.f${i} ${i}`)
    regions.run(1, 'JSON.SET doc $.o {"new":true}')
    for (let i = 0; i < 20; i++) regions.run(1, `JSON.SET doc $.g ${i}`)
    regions.heal(1, 2)
    regions.sync()
    expect(get(regions)).toEqual(both('{"o":{"new":true},"g":19}'))
  })
})

describe('objects and arrays (J3, J4)', () => {
  test('J3: fields added in two regions unite, in one order', () => {
    const regions = two('{"z":0}')
    regions.run(1, 'JSON.SET doc $.b 1')
    regions.run(2, 'JSON.SET doc $.a 2')
    regions.run(2, 'JSON.SET doc $.c 3')
    regions.sync()
    expect(get(regions)).toEqual(both('{"z":0,"b":1,"a":2,"c":3}'))
  })

  test('J3: JSON.MERGE touches only what it names', () => {
    const regions = two('{"o":{"a":1,"b":2}}')
    regions.run(1, 'JSON.MERGE doc $ {"o":{"a":null,"c":3}}')
    regions.run(2, 'JSON.MERGE doc $ {"o":{"b":5}}')
    regions.sync()
    expect(get(regions)).toEqual(both('{"o":{"b":5,"c":3}}'))
  })

  test('J3: JSON.CLEAR of an array keeps what was added elsewhere', () => {
    const regions = two('{"l":[1,2]}')
    regions.run(1, 'JSON.CLEAR doc $.l')
    regions.run(2, 'JSON.ARRAPPEND doc $.l 3')
    regions.sync()
    expect(get(regions)).toEqual(both('{"l":[3]}'))
  })

  test('J4: an element removed in one region stays removed, whatever was put into its place elsewhere', () => {
    const regions = two('[1,2,3]')
    regions.run(1, 'JSON.ARRPOP doc $ 1')
    regions.run(2, 'JSON.SET doc $[1] {"a":1}')
    regions.sync()
    expect(get(regions)).toEqual(both('[1,3]'))
  })

  test('J4: two regions pop the same element, and it is gone once', () => {
    const regions = two('[1,2,3]')
    expect([regions.run(1, 'JSON.ARRPOP doc $'), regions.run(2, 'JSON.ARRPOP doc $')]).toEqual(['["3"]', '["3"]'])
    regions.sync()
    expect(get(regions)).toEqual(both('[1,2]'))
  })
})

describe('numbers (J5)', () => {
  test('J5: increments of several regions add up, doubles exactly', () => {
    const regions = two('{"n":1,"d":0.5}')
    regions.run(1, 'JSON.NUMINCRBY doc $.n 2')
    regions.run(2, 'JSON.NUMINCRBY doc $.n 3')
    regions.run(2, 'JSON.NUMINCRBY doc $.n 4')
    regions.run(1, 'JSON.NUMINCRBY doc $.d 0.1')
    regions.run(2, 'JSON.NUMINCRBY doc $.d 0.2')
    regions.sync()
    expect(get(regions)).toEqual(both('{"n":10,"d":0.8}'))
  })

  test('J5: a number that is set anew leaves concurrent increments of the old one behind (J2)', () => {
    const regions = two('{"n":1}')
    regions.run(1, 'JSON.NUMINCRBY doc $.n 5')
    regions.run(2, 'JSON.SET doc $.n 10')
    regions.sync()
    expect(get(regions)).toEqual(both('{"n":10}'))
  })

  test('J5: NUMMULTBY, STRAPPEND and TOGGLE assign', () => {
    const regions = two('{"n":3,"s":"a","b":true}')
    regions.run(1, 'JSON.NUMMULTBY doc $.n 2')
    regions.run(2, 'JSON.NUMMULTBY doc $.n 10')
    regions.run(1, 'JSON.STRAPPEND doc $.s "b"')
    regions.run(2, 'JSON.STRAPPEND doc $.s "c"')
    regions.run(1, 'JSON.TOGGLE doc $.b')
    regions.run(2, 'JSON.TOGGLE doc $.b')
    regions.sync()
    expect(get(regions)).toEqual(both('{"n":6,"s":"ab","b":false}'))
  })
})

test('R4: deleted fields and elements leave nothing behind once everyone knows', () => {
  const regions = two('{"k":0,"l":[]}')
  const memory = () => regions.run(1, 'MEMORY USAGE doc')
  const before = memory()
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 20; i++) {
      regions.run(1 + (i % 2), `JSON.SET doc $.f${i} {"a":[1,{"b":2}]}`)
      regions.run(1 + (i % 2), `JSON.ARRAPPEND doc $.l ${i} [${i}]`)
      regions.run(1 + (i % 2), `JSON.NUMINCRBY doc $.f${i}.a[0] 1`)
    }
    regions.settle()
    for (let i = 0; i < 20; i++) regions.run(1 + (i % 2), `JSON.DEL doc $.f${i}`)
    regions.run(2, 'JSON.CLEAR doc $.l')
    regions.settle()
    expect(get(regions)).toEqual(both('{"k":0,"l":[]}'))
    expect(memory()).toBe(before)
  }
})
