/** CLIENT TRACKING and its companions: client-side caching. */
import type { Bytes } from '../../../lib/index.ts'
import { map, OK, set } from '../../reply.ts'
import type { TrackingOptions } from '../../tracking.ts'
import { flag, int, named, oneOf, opt, repeated, str } from '../arguments.ts'
import { command, type CommandFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'

const flags: readonly CommandFlag[] = ['noscript', 'loading', 'stale']
const about = {
  group: 'connection',
  complexity: 'O(1)',
  flags,
  activeActive: 'Connections belong to one region; a change made in any region invalidates.',
}

function optionsOf({ session }: Context, wanted: TrackingOptions): TrackingOptions {
  const { bcast, prefixes, optIn, optOut } = wanted
  if (!bcast && prefixes.length > 0) fail('ERR PREFIX option requires BCAST mode to be enabled')
  const before = session.tracking
  if (before !== null && before.bcast !== bcast)
    fail(
      "ERR You can't switch BCAST mode on/off before disabling tracking for this client, and then re-enabling it with a different mode.",
    )
  if (bcast && (optIn || optOut)) fail('ERR OPTIN and OPTOUT are not compatible with BCAST')
  if (optIn && optOut) fail("ERR You can't specify both OPTIN mode and OPTOUT mode")
  if ((optIn && before?.optOut) || (optOut && before?.optIn)) {
    fail(
      "ERR You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, and then re-enabling it with a different mode.",
    )
  }
  const all = bcast ? [...(before?.prefixes ?? []), ...prefixes] : []
  checkOverlaps(before?.prefixes ?? [], prefixes)
  return { ...wanted, prefixes: bcast && all.length === 0 ? [''] : [...new Set(all)] }
}

/** With overlapping prefixes a client would be told twice. */
function checkOverlaps(known: readonly Bytes[], given: readonly Bytes[]): void {
  given.forEach((prefix, i) => {
    for (const other of known) {
      if (!overlap(prefix, other)) continue
      fail(
        `ERR Prefix '${prefix}' overlaps with an existing prefix '${other}'. Prefixes for a single client must not overlap.`,
      )
    }
    for (const other of given.slice(i + 1)) {
      if (!overlap(prefix, other)) continue
      fail(
        `ERR Prefix '${prefix}' overlaps with another provided prefix '${other}'. Prefixes for a single client must not overlap.`,
      )
    }
  })
}

const overlap = (a: Bytes, b: Bytes): boolean => a.startsWith(b) || b.startsWith(a)

/** CLIENT TRACKING ON | OFF [REDIRECT client-id] [PREFIX prefix …] [BCAST] [OPTIN] [OPTOUT] [NOLOOP] → OK. */
export const clientTracking = command({
  ...about,
  name: 'CLIENT TRACKING',
  since: '6.0.0',
  summary: 'Tells this connection when keys change that it has read.',
  complexity: 'O(1); some options may introduce more',
  args: {
    enabled: oneOf({ on: flag('ON'), off: flag('OFF') }),
    redirect: opt(named('REDIRECT', int({ name: 'client-id', error: 'ERR Invalid client ID' }))),
    prefixes: repeated(named('PREFIX', str('prefix'))),
    bcast: opt(flag('BCAST')),
    optIn: opt(flag('OPTIN')),
    optOut: opt(flag('OPTOUT')),
    noLoop: opt(flag('NOLOOP')),
  },
  run(ctx, { enabled, redirect = 0, prefixes = [], bcast = false, optIn = false, optOut = false, noLoop = false }) {
    const { instance, session } = ctx
    if (redirect !== 0 && !instance.sessions.has(redirect))
      fail('ERR The client ID you want redirect to does not exist')
    if (enabled.as === 'off') instance.tracking.off(session)
    else instance.tracking.on(session, optionsOf(ctx, { redirect, prefixes, bcast, optIn, optOut, noLoop }))
    return OK
  },
})

/** CLIENT CACHING YES | NO → OK; holds for the next command, or the next transaction. */
export const clientCaching = command({
  ...about,
  name: 'CLIENT CACHING',
  since: '6.0.0',
  summary: 'Says whether the keys of the next command are tracked, in OPTIN or OPTOUT mode.',
  args: { mode: oneOf({ yes: flag('YES'), no: flag('NO') }) },
  run({ session }, { mode }) {
    const { tracking } = session
    if (tracking === null || !(tracking.optIn || tracking.optOut))
      fail(
        'ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled',
      )
    if (mode.as === 'yes' && !tracking.optIn)
      fail('ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.')
    if (mode.as === 'no' && !tracking.optOut)
      fail('ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.')
    session.trackNext = mode.as === 'yes'
    return OK
  },
})

/** CLIENT TRACKINGINFO → map: flags, redirect (-1 without tracking, 0 to itself), prefixes. */
export const clientTrackinginfo = command({
  ...about,
  name: 'CLIENT TRACKINGINFO',
  since: '6.2.0',
  summary: 'Whether and how this connection is told of changes to keys that it read.',
  args: {},
  run({ session, instance }) {
    const { tracking, trackNext } = session
    if (tracking === null) return map(['flags', set(['off']), 'redirect', -1, 'prefixes', []])
    const words = ['on']
    if (tracking.bcast) words.push('bcast')
    if (tracking.optIn) words.push('optin', ...(trackNext === true ? ['caching-yes'] : []))
    if (tracking.optOut) words.push('optout', ...(trackNext === false ? ['caching-no'] : []))
    if (tracking.noLoop) words.push('noloop')
    if (tracking.redirect !== 0 && !instance.sessions.has(tracking.redirect)) words.push('broken_redirect')
    const prefixes = tracking.prefixes.filter((prefix) => prefix !== '' || tracking.bcast)
    return map(['flags', set(words), 'redirect', tracking.redirect, 'prefixes', prefixes])
  },
})
