import type { Command } from '../command.ts'
import { ftAggregate } from './aggregate.ts'
import { ftAlter, ftCreate } from './create.ts'
import { ftExplain, ftExplaincli, ftInfo, ftList, ftTagvals } from './info.ts'
import { ftAliasadd, ftAliasdel, ftAliasupdate, ftDictadd, ftDictdel, ftDictdump } from './names.ts'
import { ftSearch } from './search.ts'
import { ftSyndump, ftSynupdate } from './synonyms.ts'

export const SEARCH_COMMANDS: readonly Command[] = [
  ftCreate,
  ftAlter,
  ftSearch,
  ftAggregate,
  ftInfo,
  ftList,
  ftTagvals,
  ftExplain,
  ftExplaincli,
  ftAliasadd,
  ftAliasupdate,
  ftAliasdel,
  ftDictadd,
  ftDictdel,
  ftDictdump,
  ftSynupdate,
  ftSyndump,
]
