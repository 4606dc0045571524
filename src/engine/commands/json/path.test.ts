import { describe, expect, it } from 'vitest'
import { Random } from '../../../lib/index.ts'
import { loadParts } from '../../parts.ts'
import { newInstance } from '../../testing/run.ts'
import { CommandError } from '../errors.ts'
import { readPath } from './path.ts'

await loadParts(['json'])

/** What a path finds in a document, as JSON.GET gives it. */
function finder(document: string) {
  const db = newInstance()
  db.call(['JSON.SET', 'doc', '$', document])
  return (path: string) => db.call(['JSON.GET', 'doc', path])
}

const STORE = `{"store":{"book":[
{"category":"reference","author":"Nigel Rees","title":"Sayings of the Century","price":8.95},
{"category":"fiction","author":"Evelyn Waugh","title":"Sword of Honour","price":12.99},
{"category":"fiction","author":"Herman Melville","title":"Moby Dick","isbn":"0-553-21311-3","price":8.99},
{"category":"fiction","author":"J. R. R. Tolkien","title":"The Lord of the Rings","isbn":"0-395-19395-8","price":22.99}],
"bicycle":{"color":"red","price":19.95}},"expensive":10}`

describe('J6: JSONPath', () => {
  const find = finder(STORE)

  it('follows names, indexes, slices and unions', () => {
    expect(find('$.store.bicycle.color')).toBe('["red"]')
    expect(find('$["store"][\'bicycle\'].color')).toBe('["red"]')
    expect(find('$.store.book[0].price')).toBe('[8.95]')
    expect(find('$.store.book[-1].price')).toBe('[22.99]')
    expect(find('$.store.book[0,2,9].price')).toBe('[8.95,8.99]')
    expect(find('$.store.book[:2].price')).toBe('[8.95,12.99]')
    expect(find('$.store.book[2:].price')).toBe('[8.99,22.99]')
    expect(find('$.store.book[-2:].price')).toBe('[8.99,22.99]')
    expect(find('$.store.book[1:-1].price')).toBe('[12.99,8.99]')
    expect(find('$.store.book[::2].price')).toBe('[8.95,8.99]')
    expect(find('$.store.book[:].price')).toBe('[8.95,12.99,8.99,22.99]')
    expect(find('$.store.book[0:4:3].price')).toBe('[8.95,22.99]')
    expect(find('$.store.bicycle["color","price","x"]')).toBe('["red",19.95]')
    expect(find('$.store.bicycle.*')).toBe('["red",19.95]')
    expect(find('$.store.bicycle[*]')).toBe('["red",19.95]')
    expect(find('$.x.y')).toBe('[]')
    expect(find('$.expensive.x')).toBe('[]')
  })

  it('descends', () => {
    expect(find('$..price')).toBe('[8.95,12.99,8.99,22.99,19.95]')
    expect(find('$..book[0].title')).toBe('["Sayings of the Century"]')
    expect(find('$..[0].title')).toBe('["Sayings of the Century"]')
    expect(find('$.store..color')).toBe('["red"]')
    expect(finder('{"a":{"a":{"a":1}}}')('$..a')).toBe('[{"a":{"a":1}},{"a":1},1]')
    expect(finder('[[1],[2]]')('$..*')).toBe('[[1],[2],1,2]')
  })

  it('filters', () => {
    expect(find('$.store.book[?(@.price<10)].title')).toBe('["Sayings of the Century","Moby Dick"]')
    expect(find('$.store.book[?@.price>=12.99].price')).toBe('[12.99,22.99]')
    expect(find('$.store.book[?(@.isbn)].price')).toBe('[8.99,22.99]')
    expect(find('$.store.book[?(!@.isbn)].price')).toBe('[8.95,12.99]')
    expect(find('$.store.book[?(@.category=="fiction" && @.price<10)].title')).toBe('["Moby Dick"]')
    expect(find("$.store.book[?(@.category=='reference' || @['price']>20)].price")).toBe('[8.95,22.99]')
    expect(find('$.store.book[?(@.price>$.expensive)].price')).toBe('[12.99,22.99]')
    expect(find('$.store.book[?(@.author=~"^H.*e$")].title')).toBe('["Moby Dick"]')
    expect(find('$.store.book[?(@.author=~"(?i)tolkien")].price')).toBe('[22.99]')
    expect(find('$.store.book[?(@.price=~"8")].price')).toBe('[]')
    expect(finder('[1,2,3,"a",null,true]')('$[?@>1]')).toBe('[2,3]')
    expect(finder('[1,2,3,"a",null,true]')('$[?@==null]')).toBe('[null]')
    expect(finder('[1,"a",true,false]')('$[?@==true||@=="a"]')).toBe('["a",true]')
    expect(finder('[{"a":[1]},{"a":[2]}]')('$[?(@.a==$[0].a)]')).toBe('[{"a":[1]}]')
    expect(finder('{"p":"^b","l":["abc","bcd"]}')('$.l[?(@=~$.p)]')).toBe('["bcd"]')
    expect(finder('[1.0,1,9007199254740993]')('$[?@==9007199254740993]')).toBe('[9007199254740993]')
  })

  it('takes any field name, quoted', () => {
    const odd = finder('{"a b":1,"c\\"d":2,"e\'f":3,"g\\\\h":4,"":5,"x-y:z":6,"\xc3\xa9":7}')
    expect(odd('$["a b"]')).toBe('[1]')
    expect(odd('$["c\\"d"]')).toBe('[2]')
    expect(odd('$["e\'f"]')).toBe('[3]')
    expect(odd("$['e\\'f']")).toBe('[3]')
    expect(odd('$["g\\\\h"]')).toBe('[4]')
    expect(odd('$[""]')).toBe('[5]')
    expect(odd('$.x-y:z')).toBe('[6]')
    expect(odd('$["\xc3\xa9"]')).toBe('[7]')
  })

  it('knows the older notation', () => {
    expect(find('.store.bicycle.color')).toBe('"red"')
    expect(find('store["bicycle"].color')).toBe('"red"')
    expect(find('store.book[1].price')).toBe('12.99')
    expect(find('..price')).toBe('8.95')
    expect(finder('[5,6]')('[1]')).toBe('6')
    expect(finder('[5,6]')('.[1]')).toBe('6')
    expect(finder('{"$x":1}')('$x')).toBe('1')
  })

  it('says where a path goes wrong', () => {
    for (const path of [
      '$.',
      '$[',
      '$[]',
      '$[1',
      '$["a]',
      '$.a b',
      '$[?(@.a==)]',
      '$[?(@.a]',
      '$[1:2:0]',
      '$a b',
      '',
      '$..',
      '$.store..',
    ]) {
      expect(find(path)).toMatchObject({
        type: 'error',
        text: expect.stringMatching(/^Error occurred on position \d+, /) as string,
      })
    }
  })
})

describe('paths that nobody should have to wait for', () => {
  it('are refused when they are nested too deeply or too long', () => {
    expect(() => readPath(`$[?(${'('.repeat(1000)}@.a${')'.repeat(1000)})]`)).toThrow(CommandError)
    expect(() => readPath(`$[?(${'!'.repeat(1000)}@.a)]`)).toThrow(CommandError)
    expect(() => readPath(`$${'[?@'.repeat(1000)}${']'.repeat(1000)}`)).toThrow(CommandError)
    expect(() => readPath(`$${'.a'.repeat(5000)}`)).toThrow(CommandError)
  })

  it('are stopped when they find the same values again and again', () => {
    const wide = `[${Array.from({ length: 60 }, () => '[1]').join()}]`
    const nested = `${'['.repeat(60)}1${']'.repeat(60)}`
    const find = finder(`[${wide},${nested}]`)
    expect(find(`$${'..*'.repeat(12)}`)).toMatchObject({ text: 'ERR the path has too many matches' })
  }, 60_000)
})

describe('any text as a path', () => {
  const PIECES = [
    '$',
    '.',
    '..',
    '[',
    ']',
    '*',
    '?',
    '(',
    ')',
    '@',
    'a',
    'b',
    '"a"',
    "'",
    '0',
    '-1',
    ':',
    ',',
    '==',
    '<',
    '=~',
    '&&',
    '||',
    '!',
    ' ',
    'true',
    '\\',
  ]

  it('finds something or gives an error (5,000 random and mutated texts)', () => {
    const random = new Random(3)
    const find = finder('{"a":[1,{"a":2,"b":"x"}],"b":{"a":null}}')
    const good = ['$.a[?(@.a==2)].b', '$..a[0:2:1]', '$["a","b"][-1]', '.a[1].b', '$.b[?(@=~"x")]']
    let found = 0
    const odd: unknown[] = []
    for (let i = 0; i < 5_000; i++) {
      let path = ''
      if (random.chance(0.5)) for (let count = random.below(10); count >= 0; count--) path += random.pick(PIECES)
      else {
        path = random.pick(good)
        const at = random.below(path.length + 1)
        path = path.slice(0, at) + random.pick([...PIECES, '']) + path.slice(at + random.below(3))
      }
      const reply = find(path)
      if (typeof reply === 'string') found++
      else if (typeof reply !== 'object' || reply === null || !('text' in reply)) odd.push([path, reply])
    }
    expect(odd).toEqual([])
    expect(found).toBeGreaterThan(200)
  }, 60_000)
})
