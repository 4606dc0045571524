import type { Command } from '../command.ts'
import { geoadd, geodist, geohash, geopos } from './places.ts'
import { georadius, georadiusbymember, georadiusbymemberRo, georadiusRo, geosearch, geosearchstore } from './search.ts'

export const GEO_COMMANDS: readonly Command[] = [
  geoadd,
  geodist,
  geohash,
  geopos,
  georadius,
  georadiusbymember,
  georadiusbymemberRo,
  georadiusRo,
  geosearch,
  geosearchstore,
]
