import type { Instance } from './instance.ts'
import { usersOf } from './users.ts'

/** Stores a setting in its shown form (`CONFIG SET`), and puts it into force where it is read often. */
export function configure(instance: Instance, name: string, value: string): void {
  instance.config.set(name, value)
  switch (name) {
    case 'notify-keyspace-events':
      instance.notifies = value
      return
    case 'slowlog-log-slower-than':
      instance.slowlog.threshold = Number(value)
      return
    case 'slowlog-max-len':
      instance.slowlog.mostEntries = Number(value)
      return
    case 'latency-monitor-threshold':
      instance.latency.threshold = Number(value)
      return
    case 'requirepass':
      usersOf(instance).requirePassword(value)
      return
    case 'maxmemory':
      instance.limit = { ...instance.limit, bytes: Number(value), isNew: true }
      return
    case 'maxmemory-policy':
      instance.limit = { ...instance.limit, policy: value, isNew: true }
      return
    case 'maxmemory-samples':
      instance.limit = { ...instance.limit, samples: Number(value) }
      return
    case 'tracking-table-max-keys':
      instance.tracking.mostKeys = Number(value)
      instance.tracking.forgetExcess(instance.context.random)
      return
  }
}
