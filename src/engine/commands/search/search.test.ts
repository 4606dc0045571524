import { beforeAll, describe, expect, test } from 'vitest'
import { loadParts } from '../../parts.ts'
import { error, OK, type Reply } from '../../reply.ts'
import { toResp2 } from '../../resp2.ts'
import { newInstance, START_MS, type TestInstance } from '../../testing/run.ts'

beforeAll(() => loadParts(['search', 'json']))

function library(): TestInstance {
  const db = newInstance()
  db.run(
    'FT.CREATE idx ON HASH PREFIX 1 book: SCHEMA title TEXT WEIGHT 2 text TEXT NOSTEM tags TAG SORTABLE year NUMERIC SORTABLE',
  )
  db.run('HSET book:1 title "Running in the rain" text "The runner runs" tags "sport, Weather" year 1999')
  db.run('HSET book:2 title "A rainy day" text "Nobody was out running" tags weather year 2005')
  db.run('HSET book:3 title "Hello world" text "hello hello caf\\xc3\\xa9 bar-code" tags "a,b c" year 2010 extra 1')
  db.run('HSET other:1 title "Hello world"')
  return db
}

/** The keys found, in the order of the reply. */
function found(db: TestInstance, query: string, more = ''): Reply {
  const reply = db.call(['FT.SEARCH', 'idx', query, 'NOCONTENT', ...more.split(' ').filter((word) => word !== '')])
  if (!Array.isArray(reply)) return reply
  expect(reply[0]).toBe(reply.length - 1)
  return (reply as string[])
    .slice(1)
    .map((key) => key.replace('book:', ''))
    .sort()
    .join('')
}

describe('FT.SEARCH: queries', () => {
  test.each([
    ['hello', '3'],
    ['HELLO', '3'],
    ['run', '1'],
    ['running', '12'],
    ['rain', '1'],
    ['runners', ''],
    ['hello nobody', ''],
    ['hello | nobody', '23'],
    ['hello nobody | rain', '1'],
    ['(hello | nobody) world', '3'],
    ['running -rain', '2'],
    ['-running', '3'],
    ['-(hello | nobody)', '1'],
    ['running ~rain', '12'],
    ['ra*', '12'],
    ['*ining', ''],
    ['*ell*', '3'],
    ['*unning', '12'],
    ['%helo%', '3'],
    ['%hlo%', ''],
    ['%%hlo%%', '3'],
    ['*', '123'],
    ['"hello world"', '3'],
    ['"world hello"', ''],
    ['"running rain"', '1'],
    ['"running in the rain"', '1'],
    ['caf\xc3\xa9', '3'],
    ['CAF\xc3\x89', '3'],
    ['bar', '3'],
    ['bar\\-code', ''],
    ['bar-code', ''],
    ['@title:running', '1'],
    ['@text:(runs | nobody)', '12'],
    ['@title|text:hello', '3'],
    ['@text:hello @title:world', '3'],
    ['@tags:{weather}', '12'],
    ['@tags:{ sport | b c }', '13'],
    ['@tags:{b\\ c}', '3'],
    ['@tags:{wea*}', '12'],
    ['@tags:{wea}', ''],
    ['@year:[1999 2005]', '12'],
    ['@year:[(1999 2005]', '2'],
    ['@year:[2005 +inf]', '23'],
    ['@year:[-inf (2005]', '1'],
    ['@year:[2010]', '3'],
    ['@year:[3000 4000] | hello', '3'],
    ['the', '1'],
    ['the hello', '3'],
    ['', ''],
  ])('%s finds %s', (query, keys) => {
    expect(found(library(), query)).toBe(keys)
  })

  test.each([
    ['(hello', 'Syntax error at offset 6 near '],
    ['hello)', 'Syntax error at offset 5 near )'],
    ['"hello', 'Syntax error at offset 0 near "'],
    ['@title', 'Syntax error at offset 0 near @'],
    ['@nothing:x', 'Unknown field at offset 0 near nothing'],
    ['@title:[1 2]', 'Expected a NUMERIC field at offset 0 near ['],
    ['@year:[a b]', 'Syntax error at offset 6 near ['],
    ['@tags:{}', 'Syntax error at offset 7 near }'],
    ['@tags:{a', 'Syntax error at offset 6 near {'],
    ['hello |', 'Syntax error at offset 7 near '],
    ['%hello', 'Syntax error at offset 0 near %'],
    ['$x', 'No such parameter `x`'],
    ['(hello)=>{$weight: 2}', 'Query attributes (=>) are not supported'],
    ['('.repeat(5000), 'ERR The query is nested too deeply'],
    ['-'.repeat(5000), 'ERR The query is nested too deeply'],
  ])('%s is refused', (query, text) => {
    expect(found(library(), query)).toEqual(error(text))
  })

  test('parameters, VERBATIM, NOSTOPWORDS, INFIELDS, INKEYS, FILTER, SLOP and INORDER', () => {
    const db = library()
    expect(found(db, '@year:[$from $to] $word', 'PARAMS 6 from 1999 to (2010 word running DIALECT 2')).toEqual(
      error('Syntax error at offset 6 near ['),
    )
    expect(found(db, '@year:[$from ($to] $word', 'PARAMS 6 from 1999 to 2010 word running DIALECT 2')).toBe('12')
    expect(found(db, 'rains', 'VERBATIM')).toBe('')
    expect(found(db, 'the running', 'NOSTOPWORDS')).toBe('1')
    expect(found(db, 'running', 'INFIELDS 1 title')).toBe('1')
    expect(found(db, 'running', 'INKEYS 2 book:2 book:3')).toBe('2')
    expect(found(db, '*', 'FILTER year (1999 2005')).toBe('2')
    expect([found(db, 'world hello', 'SLOP 0'), found(db, 'world hello', 'SLOP 0 INORDER')]).toEqual(['3', ''])
  })

  test('synonyms', () => {
    const db = library()
    db.run('FT.SYNUPDATE idx g1 hello nobody')
    expect([found(db, 'hello'), found(db, '"hello"')]).toEqual(['23', '3'])
    expect(toResp2(db.run('FT.SYNDUMP idx'))).toEqual(['hello', ['g1'], 'nobody', ['g1']])
  })
})

describe('FT.SEARCH: replies', () => {
  test('fields, RETURN with AS, LIMIT, SORTBY', () => {
    const db = library()
    expect(db.run('FT.SEARCH idx world')).toEqual([
      1,
      'book:3',
      [
        'title',
        'Hello world',
        'text',
        'hello hello caf\xc3\xa9 bar-code',
        'tags',
        'a,b c',
        'year',
        '2010',
        'extra',
        '1',
      ],
    ])
    expect(db.run('FT.SEARCH idx world RETURN 4 year AS y extra')).toEqual([1, 'book:3', ['y', '2010', 'extra', '1']])
    expect(db.run('FT.SEARCH idx world RETURN 0')).toEqual([1, 'book:3'])
    expect(db.run('FT.SEARCH idx * NOCONTENT SORTBY year DESC LIMIT 0 2')).toEqual([3, 'book:3', 'book:2'])
    expect(db.run('FT.SEARCH idx * NOCONTENT SORTBY tags')).toEqual([3, 'book:3', 'book:1', 'book:2'])
    expect(db.run('FT.SEARCH idx * LIMIT 0 0')).toEqual([3])
    expect(db.run('FT.SEARCH idx * SORTBY nothing')).toEqual(error('Property `nothing` not loaded nor in schema'))
    expect(db.run('FT.SEARCH idx * NOCONTENT WITHSORTKEYS SORTBY year LIMIT 0 1')).toEqual([3, 'book:1', '#1999'])
  })

  test('scores: a rarer word, and one more often used, count more; ties come in the order of indexing', () => {
    const db = library()
    const [, first, score, second] = db.run('FT.SEARCH idx running NOCONTENT WITHSCORES') as Reply[]
    // In book 1 the word stands in the title, whose weight is 2.
    expect([first, second]).toEqual(['book:1', 'book:2'])
    expect(Number(score)).toBeGreaterThan(0)
    expect(db.run('FT.SEARCH idx * NOCONTENT')).toEqual([3, 'book:1', 'book:2', 'book:3'])
  })

  test('HIGHLIGHT marks what was looked for', () => {
    const db = library()
    expect(db.run('FT.SEARCH idx "run | hello" RETURN 1 title HIGHLIGHT TAGS [ ]')).toEqual([
      2,
      'book:3',
      ['title', '[Hello] world'],
      'book:1',
      ['title', '[Running] in the rain'],
    ])
  })

  test('a map for RESP3', () => {
    const db = library()
    db.run('HELLO 3')
    expect(db.run('FT.SEARCH idx world RETURN 1 year')).toMatchObject({
      type: 'map',
      entries: ['attributes', [], 'warning', [], 'total_results', 1, 'format', 'STRING', 'results', [{ type: 'map' }]],
    })
  })
})

describe('an index follows its keys', () => {
  test('written, changed, deleted, renamed, expired: also what was there before it', () => {
    const db = newInstance()
    db.run('HSET k:1 t old')
    db.run('FT.CREATE idx PREFIX 1 k: SCHEMA t TEXT')
    expect(found(db, 'old')).toBe('k:1')
    db.run('HSET k:1 t new')
    expect([found(db, 'old'), found(db, 'new')]).toEqual(['', 'k:1'])
    db.run('RENAME k:1 k:2')
    expect(found(db, 'new')).toBe('k:2')
    db.run('RENAME k:2 elsewhere')
    expect(found(db, 'new')).toBe('')
    db.run('COPY elsewhere k:3')
    db.run('PEXPIRE k:3 100')
    expect(found(db, 'new')).toBe('k:3')
    db.at(START_MS + 100)
    expect(found(db, 'new')).toBe('')
    db.run('HSET k:4 t new other x')
    db.run('HPEXPIRE k:4 100 FIELDS 1 t')
    expect(found(db, 'new')).toBe('k:4')
    db.at(START_MS + 200)
    expect([found(db, 'new'), found(db, '*')]).toEqual(['', 'k:4'])
    db.run('SET k:4 string')
    expect(found(db, '*')).toBe('')
  })

  test('a hash whose number is none is left out, and counted', () => {
    const db = library()
    db.run('HSET book:4 title odd year soon')
    expect(found(db, 'odd')).toBe('')
    const info = toResp2(db.run('FT.INFO idx')) as Reply[]
    expect(info[info.indexOf('hash_indexing_failures') + 1]).toBe(1)
    expect(info[info.indexOf('num_docs') + 1]).toBe(3)
  })
})

describe('FT.CREATE and FT.ALTER', () => {
  test.each([
    ['idx SCHEMA t TEXT', 'Index already exists'],
    ['new SCHEMA t TEXT t TAG', 'Duplicate field in schema - t'],
    ['new SCHEMA t WORDS', 'Invalid field type for field `t`'],
    ['new SCHEMA', 'Fields arguments are missing'],
    ['new SCHEMA g GEO', 'ERR GEO fields are not supported in this playground; use GEOADD and GEOSEARCH'],
    [
      'new SCHEMA v VECTOR FLAT 6',
      'ERR VECTOR fields are not supported in this playground; there is no vector search here',
    ],
    ['new SCHEMA t TEXT PHONETIC dm:en', 'ERR PHONETIC is not supported in this playground'],
    ['new SCHEMA t TAG SEPARATOR ab', 'Tag separator must be a single character. Got `ab`'],
    ['new LANGUAGE german SCHEMA t TEXT', 'ERR only English is supported in this playground'],
  ])('%s is refused', (words, text) => {
    const db = library()
    expect(db.run(`FT.CREATE ${words}`)).toEqual(error(text))
    expect(toResp2(db.run('FT._LIST'))).toEqual(['idx'])
  })

  test('AS, SEPARATOR, CASESENSITIVE, NOINDEX and own stop words', () => {
    const db = newInstance()
    db.run(
      'FT.CREATE idx STOPWORDS 1 foo SCHEMA f AS name TEXT g TAG SEPARATOR ; CASESENSITIVE n NUMERIC NOINDEX SORTABLE',
    )
    db.run('HSET k f "the foo" g A;b n 5')
    expect([
      found(db, '@name:the'),
      found(db, 'foo the'),
      found(db, '@g:{A}'),
      found(db, '@g:{a}'),
      found(db, '@n:[5 5]'),
    ]).toEqual(['k', 'k', 'k', '', ''])
    expect(db.run('FT.SEARCH idx the RETURN 1 name')).toEqual([1, 'k', ['name', 'the foo']])
  })

  test('FT.ALTER adds fields, also for what is there', () => {
    const db = library()
    expect(db.run('FT.ALTER idx SCHEMA ADD extra NUMERIC')).toEqual(OK)
    expect(found(db, '@extra:[1 1]')).toBe('3')
    expect(db.run('FT.ALTER idx SCHEMA ADD extra NUMERIC')).toEqual(error('Duplicate field in schema - extra'))
  })
})

describe('the rest', () => {
  test('FT.AGGREGATE groups, counts and sorts', () => {
    const db = library()
    db.run('HSET book:4 title "another" tags weather year 2001')
    expect(
      db.run(
        'FT.AGGREGATE idx * GROUPBY 1 @tags REDUCE COUNT 0 AS n REDUCE AVG 1 @year AS mean SORTBY 4 @n DESC @tags ASC LIMIT 0 2',
      ),
    ).toEqual([2, ['tags', 'weather', 'n', '2', 'mean', '2003'], ['tags', 'a,b c', 'n', '1', 'mean', '2010']])
    expect(
      db.run(
        'FT.AGGREGATE idx * GROUPBY 0 REDUCE SUM 1 @year AS s REDUCE MIN 1 @year AS lo REDUCE MAX 1 @year AS hi REDUCE STDDEV 1 @year AS d REDUCE TOLIST 1 @tags AS l REDUCE COUNT_DISTINCT 1 @tags AS c',
      ),
    ).toEqual([
      1,
      [
        's',
        '8015',
        'lo',
        '1999',
        'hi',
        '2010',
        'd',
        '4.85626742811',
        'l',
        ['sport, Weather', 'weather', 'a,b c'],
        'c',
        '3',
      ],
    ])
    expect(db.run('FT.AGGREGATE idx hello LOAD 2 @title @__key')).toEqual([
      1,
      ['title', 'Hello world', '__key', 'book:3'],
    ])
    expect(db.run('FT.AGGREGATE idx hello LOAD 4 @title AS name @__key')).toEqual([
      1,
      ['name', 'Hello world', '__key', 'book:3'],
    ])
    expect(db.run('FT.AGGREGATE idx * APPLY @year AS y')).toEqual(
      error('ERR APPLY is not supported in this playground'),
    )
    expect(db.run('FT.AGGREGATE idx * GROUPBY 1 tags')).toEqual(
      error('Bad arguments for GROUPBY: Unknown property `tags`. Did you mean `@tags`?'),
    )
    expect(db.run('FT.AGGREGATE idx * GROUPBY 0 REDUCE MEDIAN 1 @year')).toEqual(error('No such reducer: MEDIAN'))
  })

  test('SKIPINITIALSCAN leaves out what is there until it changes; a SCORE of 1 is the default', () => {
    const db = library()
    db.run('FT.CREATE late ON HASH PREFIX 1 book: SCORE 1.0 SKIPINITIALSCAN SCHEMA title TEXT')
    expect(db.run('FT.SEARCH late hello NOCONTENT')).toEqual([0])
    db.run('HSET book:3 title "Hello again"')
    expect(db.run('FT.SEARCH late hello NOCONTENT')).toEqual([1, 'book:3'])
    expect(db.run('FT.CREATE odd SCORE 0.5 SCHEMA title TEXT')).toEqual(
      error('ERR only a SCORE of 1, the default, is supported in this playground'),
    )
  })

  test('aliases', () => {
    const db = library()
    expect([db.run('FT.ALIASADD a idx'), db.run('FT.ALIASADD a idx'), db.run('FT.SEARCH a world NOCONTENT')]).toEqual([
      OK,
      error('Alias already exists'),
      [1, 'book:3'],
    ])
    db.run('FT.CREATE second SCHEMA t TEXT')
    expect([db.run('FT.ALIASUPDATE a second'), db.run('FT.SEARCH a world')]).toEqual([OK, [0]])
    expect([db.run('FT.ALIASDEL a'), db.run('FT.ALIASDEL a'), db.run('FT.SEARCH a world')]).toEqual([
      OK,
      error('Alias does not exist'),
      error('a: no such index'),
    ])
  })

  test('dictionaries, tag values, explanations', () => {
    const db = library()
    expect([db.run('FT.DICTADD d x y x'), db.run('FT.DICTDEL d x z')]).toEqual([2, 1])
    expect(toResp2(db.run('FT.DICTDUMP d'))).toEqual(['y'])
    expect(toResp2(db.run('FT.TAGVALS idx tags'))).toEqual(['a', 'b c', 'sport', 'weather'])
    expect(db.call(['FT.EXPLAIN', 'idx', 'hello -@year:[1 (2] "a b c" @tags:{x|y}'])).toBe(
      'INTERSECT {\n  hello\n  NOT {\n    NUMERIC {1 <= @year < 2}\n  }\n  EXACT {\n    b\n    c\n  }\n  TAG:@tags {\n    x\n    y\n  }\n}\n',
    )
  })

  test.each([
    'FT.DROPINDEX idx',
    'FT.SUGADD k s 1',
    'FT.SPELLCHECK idx q',
    'FT.CURSOR READ idx 1',
    'FT.CONFIG GET *',
    'FT.PROFILE idx SEARCH QUERY *',
  ])('M4: %s is refused', (line) => {
    expect((library().run(line) as { text: string }).text).toMatch(/not supported in an Active-Active database/)
  })
})

describe('FT.CREATE ON JSON', () => {
  function documents(): TestInstance {
    const db = newInstance()
    db.call(
      'FT.CREATE idx ON JSON PREFIX 1 doc: SCHEMA $.title AS title TEXT $.tags AS tags TAG $.price AS price NUMERIC'.split(
        ' ',
      ),
    )
    db.call(['JSON.SET', 'doc:1', '$', '{"title":"Running shoes","tags":["sport","new arrival"],"price":89.5}'])
    db.call(['JSON.SET', 'doc:2', '$', '{"title":"Rain coat","tags":"weather","price":120,"note":null}'])
    db.call(['JSON.SET', 'other', '$', '{"title":"Running"}'])
    return db
  }

  test('words, elements of arrays and numbers that paths find', () => {
    const db = documents()
    const keys = (query: string) => db.call(['FT.SEARCH', 'idx', query, 'NOCONTENT'])
    expect(keys('run')).toEqual([1, 'doc:1'])
    expect(keys('@tags:{new arrival}')).toEqual([1, 'doc:1'])
    expect(keys('@tags:{weather}')).toEqual([1, 'doc:2'])
    expect(keys('@price:[100 +inf]')).toEqual([1, 'doc:2'])
  })

  test('results are whole documents, or what RETURN names by field or path', () => {
    const db = documents()
    expect(db.call(['FT.SEARCH', 'idx', 'coat'])).toEqual([
      1,
      'doc:2',
      ['$', '{"title":"Rain coat","tags":"weather","price":120,"note":null}'],
    ])
    expect(db.call(['FT.SEARCH', 'idx', 'run', 'RETURN', '2', 'title', '$.tags[1]'])).toEqual([
      1,
      'doc:1',
      ['title', 'Running shoes', '$.tags[1]', 'new arrival'],
    ])
  })

  test('changes inside a document, and its end, are seen', () => {
    const db = documents()
    db.call(['JSON.SET', 'doc:2', '$.title', '"Running coat"'])
    expect(db.call(['FT.SEARCH', 'idx', 'run', 'NOCONTENT', 'SORTBY', 'price', 'DESC'])).toEqual([2, 'doc:2', 'doc:1'])
    db.call(['DEL', 'doc:1'])
    expect(db.call(['FT.SEARCH', 'idx', 'run', 'NOCONTENT'])).toEqual([1, 'doc:2'])
  })

  test('a path that is none is refused', () => {
    expect(newInstance().call('FT.CREATE idx ON JSON SCHEMA $.a[ AS a TEXT'.split(' '))).toMatchObject({
      type: 'error',
    })
  })
})
