import type { SessionLog, SessionSettings } from '../simulation/index.ts'
import { connectCluster, type OpenOptions, type RunningCluster } from './client.ts'

/** Starts a new session, or replays a recorded one, in workers. Rejects if they cannot be started. */
export function openCluster(start: SessionSettings | SessionLog, options?: OpenOptions): Promise<RunningCluster> {
  const worker = new Worker(new URL('./kernel.worker.ts', import.meta.url), { type: 'module' })
  return connectCluster(worker, start, options)
}
