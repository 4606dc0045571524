import { serveKernel } from '../serve.ts'

serveKernel(() => new Worker(new URL('./stand-in-replica.worker.ts', import.meta.url), { type: 'module' }))
