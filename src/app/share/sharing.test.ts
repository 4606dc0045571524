import { expect, test, vi } from 'vitest'
import { createPlayground, createScenarioPlay, memoryStorage, type OpenCluster, pageSettings } from '../index.ts'
import { openHere, sessionLog } from '../testing/clusters.ts'
import { keepSession, putAside, readSession } from '../autosave.ts'
import { Random } from '../../lib/index.ts'
import { UnfitSession } from './clean.ts'
import { linkOf } from './link.ts'
import { logOfText, textOfLog } from './log-file.ts'
import { createSharing } from './sharing.ts'

const SETTINGS = pageSettings(2, Date.UTC(2026, 10, 25), 7)

/** A page with a session of the visitor's own, in which `mine` was typed. */
async function page(mine: string | null = 'kept', openCluster: OpenCluster = openHere) {
  const storage = memoryStorage()
  const playground = createPlayground(openCluster, SETTINGS)
  const scenario = createScenarioPlay(playground)
  const saveNow = keepSession(playground, storage, () => scenario.getState().chosen === null)
  const startOver = vi.fn<() => void>(() => void playground.open(SETTINGS))
  const onChanged = vi.fn<(fragment: string) => void>()
  const sharing = createSharing({ playground, scenario, storage, openCluster: openHere, saveNow, startOver, onChanged })
  await playground.open(SETTINGS)
  const type = async (line: string) => {
    const reply = await playground.command(1, 1000, line.split(' '))
    await playground.api()?.status()
    return reply
  }
  if (mine !== null) await type(`SET mine ${mine}`)
  return { storage, playground, scenario, sharing, saveNow, startOver, onChanged, type }
}

const SHARED = ['1: SET shared one', 'sync', '2: SET shared two', 'sync']
const sharedLink = async () => linkOf(await sessionLog(SHARED))

test('a link is opened beside one’s own session, which comes back as it was', async () => {
  const { sharing, playground, storage, onChanged, type } = await page()
  const link = await sharedLink()
  expect(await sharing.openLink(link)).toBe(true)
  expect(playground.getState()).toMatchObject({ restored: 'done', source: { kind: 'link', own: true, adopted: false } })
  expect(JSON.stringify((await readSession(storage)).log)).toContain('mine')
  await sharing.back()
  expect(onChanged).toHaveBeenCalledWith(link)
  expect(playground.getState().source).toEqual({ kind: 'last-visit' })
  expect(await type('GET mine')).toBe('kept')
})

test('once something was done in it the shared session is the one that is kept, and one’s own is put aside', async () => {
  const { sharing, playground, storage, saveNow, onChanged, type } = await page()
  await sharing.openLink(await sharedLink())
  expect(await type('GET shared')).toBe('two')
  expect(playground.getState().source).toMatchObject({ adopted: true })
  expect(onChanged).toHaveBeenCalledOnce()
  await saveNow()
  expect(JSON.stringify((await readSession(storage)).log)).toContain('shared')
  expect(await sharing.hasEarlier()).toBe(true)
  await sharing.back()
  expect(await type('GET mine')).toBe('kept')
  // And the shared one waits in its turn.
  await sharing.back()
  expect(await type('GET shared')).toBe('two')
})

test('without a session of one’s own, back leads to a new one', async () => {
  const { sharing, playground, startOver } = await page(null)
  await sharing.openLink(await sharedLink())
  expect(playground.getState().source).toMatchObject({ own: false })
  await sharing.back()
  expect(startOver).toHaveBeenCalledOnce()
})

test('to start anew in a shared session does not lose one’s own', async () => {
  const { sharing, storage } = await page()
  await sharing.openLink(await sharedLink())
  await putAside(storage)
  expect(await sharing.hasEarlier()).toBe(true)
})

test.each([
  ['a broken link', async () => (await sharedLink()).slice(0, -7), /not complete/],
  ['a link of a newer version', async () => (await sharedLink()).replace('=1.', '=7.'), /newer/],
])('%s changes nothing and says why', async (_, link, words) => {
  const { sharing, playground, type } = await page()
  const { session } = playground.getState()
  expect(await sharing.openLink(await link())).toBe(false)
  expect(playground.getState()).toMatchObject({
    session,
    source: null,
    problem: { title: 'The link could not be opened.' },
  })
  expect(playground.getState().problem?.text).toMatch(words)
  expect(await type('GET mine')).toBe('kept')
})

test('a session that cannot be run again gives way to the one before it', async () => {
  let fails = false
  const { sharing, playground, type } = await page('kept', async (start) => {
    if (fails && 'settings' in start && start.inputs.length > 2) throw new Error('it broke')
    return openHere(start)
  })
  fails = true
  expect(await sharing.openLink(await sharedLink())).toBe(false)
  expect(playground.getState().problem).toEqual({ title: 'The link could not be opened.', text: 'it broke' })
  expect(playground.getState().phase).toBe('ready')
  expect(await type('GET mine')).toBe('kept')
})

test('files: a scenario is played, a log is run again, anything else is told by its lines and changes nothing', async () => {
  const { sharing, playground, scenario, type } = await page()
  const refused = async (name: string, text: string) => {
    const { session } = playground.getState()
    expect(await sharing.openFile(name, text)).toBeNull()
    expect(playground.getState().session).toBe(session)
    return playground.getState().problem
  }
  const head = '| Time | Region 1 | Region 2 |\n|---|---|---|\n'
  expect(await refused('a.md', `${head}| t1 | — cut 1-9 — | |`)).toMatchObject({
    title: 'a.md could not be opened.',
    text: expect.stringMatching(/^line 3: /) as string,
  })
  expect((await refused('b.md', head + '| t1 | GET "a | |\n'.repeat(9)))?.text).toMatch(
    /line 3: .*\nline 4: .*[^]*\nand 4 more$/,
  )
  expect((await refused('c.md', `${head}| t1 | SET k \x1b[2J | |`))?.text).toMatch(
    /^line 3: a character that cannot be shown/,
  )
  expect((await refused('d.md', 'x'.repeat(2_000_001)))?.text).toMatch(/too large/)
  expect((await refused('e.jsonl', '{"format":"something else"}'))?.text).toMatch(/^line 1: expected "format"/)
  const { text: log } = await sharing.logFile()
  const lines = log.trimEnd().split('\n')
  expect((await refused('f.jsonl', log.replace('"version":1', '"version":2')))?.text).toMatch(/^line 1: version 2/)
  expect((await refused('g.jsonl', [...lines, '{"at":'].join('\n')))?.text).toMatch(/^line 3: expected JSON/)
  expect(
    (await refused('h.jsonl', [...lines, '', '{"at":-1,"kind":"control","line":"sync"}'].join('\n')))?.text,
  ).toMatch(/^line 4: at: /)
  expect(await type('GET mine')).toBe('kept')

  const { text: newer } = await sharing.logFile()
  expect(await sharing.openFile('mine.md', `${head}| t1 | SET k v | |`)).toBe('scenario')
  expect(scenario.getState().scenario?.title).toBe('mine.md')
  await scenario.playAll()
  expect(await type('GET k')).toBe('v')
  expect(await sharing.openFile('mine.jsonl', newer)).toBe('session')
  expect(scenario.getState().chosen).toBeNull()
  expect(await type('GET mine')).toBe('kept')
})

test('whatever is done to a log file, it is opened or refused with its line, and nothing else', async () => {
  const text = textOfLog(await sessionLog(SHARED))
  const random = new Random(Number(process.env.LINK_SEED ?? 20261125))
  const refusals: unknown[] = []
  const opened: string[][] = []
  for (let run = 0; run < 3000; run++) {
    let changed = text
    for (let changes = 1 + random.below(3); changes > 0; changes--) {
      const at = random.below(changed.length)
      const put =
        ['', '"', '{', '}', '9', '-', '\n', 'null', '[]', ',', '1e400', '"testMode":true,', '\\u0000'][
          random.below(13)
        ] ?? ''
      changed = changed.slice(0, at) + put + changed.slice(at + random.below(9))
    }
    try {
      opened.push(Object.keys(logOfText(changed).settings))
    } catch (reason) {
      refusals.push(reason)
    }
  }
  const isRefusal = (reason: unknown) => reason instanceof UnfitSession && /^line \d+: /.test(reason.message)
  expect(refusals.filter((reason) => !isRefusal(reason))).toEqual([])
  expect(refusals.length).toBeGreaterThan(1000)
  // Nothing gets in that was not asked for.
  expect(new Set(opened.map(String))).toEqual(new Set(['seed,regions,epochMs,latencyMs,held']))
})

test('a snippet names a listed scenario, and holds a session as text that any page can hold', async () => {
  const { sharing, scenario, type } = await page('<b>&\xc3\xa9')
  const session = await sharing.snippet('https://play.example/')
  expect(session).toMatchObject({
    text: expect.stringContaining('<pre>\n---\ntitle: "Session of 2026-11-25 00:00"') as string,
  })
  expect('text' in session && session.text).toContain('`SET mine "&lt;b>&amp;&#233;"` &rarr; `OK`')
  await scenario.choose('counters')
  expect(await sharing.snippet('https://play.example/')).toEqual({
    text: '<script type="module" src="https://play.example/embed.js"></script>\n<crdb-playground scenario="counters"></crdb-playground>\n',
  })
  await type('PING')
})
