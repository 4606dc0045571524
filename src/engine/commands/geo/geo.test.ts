/** The examples of Redis's own documentation, which say what the numbers must be. */
import { describe, expect, it, test } from 'vitest'
import { double, error, NULL_ARRAY, type Reply } from '../../reply.ts'
import { toResp2 } from '../../resp2.ts'
import { newInstance, type TestInstance } from '../../testing/run.ts'
import { distance, placeOfScore, scoreOfPlace } from './geohash.ts'

function sicily(): TestInstance {
  const db = newInstance()
  db.run('GEOADD Sicily 13.361389 38.115556 Palermo 15.087269 37.502669 Catania')
  db.run('SET s text')
  db.instance.take()
  return db
}

const PALERMO = ['13.36138933897018433', '38.11555639549629859']

describe('places', () => {
  test.each<[string, Reply]>([
    ['GEODIST Sicily Palermo Catania', '166274.1516'],
    ['GEODIST Sicily Palermo Catania km', '166.2742'],
    ['GEODIST Sicily Palermo Catania mi', '103.3182'],
    ['GEODIST Sicily Palermo none', null],
    ['GEODIST none Palermo Catania', null],
    ['GEOHASH Sicily Palermo Catania none', ['sqc8b49rny0', 'sqdtr74hyu0', null]],
    ['GEOPOS Sicily Palermo none', [PALERMO, NULL_ARRAY]],
    ['GEOPOS Sicily', []],
    ['ZSCORE Sicily Palermo', '3479099956230698'],
    ['GEOADD Sicily NX 1 1 Palermo 2 2 Rome', 1],
    ['GEOADD Sicily XX CH 1 1 Palermo 2 2 Rome', 1],
    ['GEOADD Sicily 181 10 x', error('ERR invalid longitude,latitude pair 181.000000,10.000000')],
    ['GEOADD Sicily x 10 y', error('ERR value is not a valid float')],
    ['GEOADD Sicily 1 2 x 3', error('ERR syntax error')],
    ['GEOADD Sicily NX XX 1 2 x', error('ERR syntax error')],
    ['GEODIST Sicily Palermo Catania yard', error('ERR unsupported unit provided. please use M, KM, FT, MI')],
  ])('%s', (line, expected) => {
    expect(toResp2(sicily().run(line))).toEqual(expected)
  })

  it('RESP3 gives coordinates as doubles', () => {
    const db = sicily()
    db.run('HELLO 3')
    expect(db.run('GEOPOS Sicily Palermo')).toEqual([[double(Number(PALERMO[0])), double(Number(PALERMO[1]))]])
  })

  it('a score and its place are within half a metre, from edge to edge of the map', () => {
    for (const longitude of [-180, -179.99999, -90.5, 0, 13.361389, 179.99999]) {
      for (const latitude of [-85.05, -45, 0, 38.115556, 85.05]) {
        const back = placeOfScore(scoreOfPlace({ longitude, latitude }))
        expect(distance({ longitude, latitude }, back), `${longitude} ${latitude}`).toBeLessThan(0.5)
      }
    }
  })
})

describe('searches', () => {
  test.each<[string, Reply]>([
    [
      'GEORADIUS Sicily 15 37 200 km WITHDIST',
      [
        ['Palermo', '190.4424'],
        ['Catania', '56.4413'],
      ],
    ],
    [
      'GEORADIUS Sicily 15 37 200 km WITHCOORD ASC COUNT 1',
      [['Catania', ['15.08726745843887329', '37.50266842333162032']]],
    ],
    ['GEORADIUS Sicily 15 37 100 km', ['Catania']],
    ['GEORADIUSBYMEMBER Sicily Palermo 200 km DESC', ['Catania', 'Palermo']],
    ['GEORADIUSBYMEMBER_RO Sicily Palermo 1 m WITHHASH', [['Palermo', 3479099956230698]]],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS 200 km ASC', ['Catania', 'Palermo']],
    [
      'GEOSEARCH Sicily FROMLONLAT 15 37 BYBOX 400 400 km ASC WITHDIST',
      [
        ['Catania', '56.4413'],
        ['Palermo', '190.4424'],
      ],
    ],
    ['GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 200 km COUNT 1 ANY', ['Palermo']],
    ['GEOSEARCH none FROMMEMBER x BYRADIUS 1 m', []],
    ['GEOSEARCHSTORE d Sicily FROMLONLAT 15 37 BYRADIUS 200 km', 2],
    ['GEOSEARCHSTORE d none FROMLONLAT 15 37 BYRADIUS 200 km', 0],
    ['GEORADIUS Sicily 15 37 200 km STORE d', 2],
    ['GEORADIUS_RO Sicily 15 37 200 km STORE d', error('ERR syntax error')],
    ['GEORADIUS Sicily 15 37 -1 km', error('ERR radius cannot be negative')],
    ['GEORADIUS Sicily 15 37 x km', error('ERR need numeric radius')],
    ['GEORADIUS Sicily 15 37 1 km COUNT 0', error('ERR COUNT must be > 0')],
    ['GEORADIUS Sicily 15 37 1 km ANY', error('ERR the ANY argument requires COUNT argument')],
    [
      'GEORADIUS Sicily 15 37 1 km STORE d WITHDIST',
      error('ERR STORE option in GEORADIUS is not compatible with WITHDIST, WITHHASH and WITHCOORD options'),
    ],
    ['GEORADIUSBYMEMBER Sicily none 1 km', error('ERR could not decode requested zset member')],
    ['GEORADIUSBYMEMBER none none x km', []],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 FROMMEMBER Palermo BYRADIUS 1 km', error('ERR syntax error')],
    ['GEOSEARCH Sicily FROMLONLAT 15 37 BYBOX -1 1 km', error('ERR height or width cannot be negative')],
    [
      'geosearch Sicily ASC DESC BYRADIUS 1 km',
      error('ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for geosearch'),
    ],
    [
      'GEOSEARCH Sicily FROMLONLAT 15 37 ASC DESC',
      error('ERR exactly one of BYRADIUS and BYBOX can be specified for GEOSEARCH'),
    ],
    ['GEOSEARCH s NONSENSE 1 2 3 4', error('WRONGTYPE Operation against a key holding the wrong kind of value')],
  ])('%s', (line, expected) => {
    expect(toResp2(sicily().run(line))).toEqual(expected)
  })

  it('STOREDIST keeps distances in the unit asked for', () => {
    const db = sicily()
    expect(db.run('GEOSEARCHSTORE d Sicily FROMLONLAT 15 37 BYRADIUS 200 km STOREDIST')).toBe(2)
    const [, near, , far] = toResp2(db.run('ZRANGE d 0 -1 WITHSCORES')) as string[]
    expect(Number(near)).toBeCloseTo(56.4413, 3)
    expect(Number(far)).toBeCloseTo(190.4424, 3)
  })

  it('COMMAND GETKEYS finds the key to store in', () => {
    expect(sicily().run('COMMAND GETKEYS GEORADIUS Sicily 15 37 200 km WITHDIST STORE d')).toEqual(['Sicily', 'd'])
  })

  it('finds everything near, wherever on the map, as a walk through all places does', () => {
    const db = newInstance()
    const places: { name: string; longitude: number; latitude: number }[] = []
    for (let i = 0; i < 500; i++) {
      const place = { longitude: ((i * 7919) % 3600) / 10 - 180, latitude: ((i * 104729) % 1700) / 10 - 85 }
      places.push({ name: `p${i}`, ...place })
      db.call(['GEOADD', 'g', String(place.longitude), String(place.latitude), `p${i}`])
    }
    for (const centre of places.slice(0, 40)) {
      // Redis does not look across the date line or the poles: nor does this check.
      if (Math.abs(centre.longitude) > 150 || Math.abs(centre.latitude) > 60) continue
      const found = db.call(['GEOSEARCH', 'g', 'FROMMEMBER', centre.name, 'BYRADIUS', '900', 'km']) as string[]
      const near = places.filter((place) => distance(centre, place) < 899_990).map((place) => place.name)
      const far = places.filter((place) => distance(centre, place) > 900_010).map((place) => place.name)
      expect(found).toEqual(expect.arrayContaining(near))
      expect(found.filter((name) => far.includes(name))).toEqual([])
    }
  })
})
