import { makeStandIn } from '../../simulation/testing/stand-in.ts'
import { serveReplica } from '../serve.ts'

serveReplica(makeStandIn, () => [])
