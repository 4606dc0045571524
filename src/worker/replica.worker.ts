/** Entrance of a region's worker. */
import { catalogue } from '../engine/index.ts'
import { createReplica } from '../replication/index.ts'
import { serveReplica } from './serve.ts'

serveReplica(createReplica, catalogue)
