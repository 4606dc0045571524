import { expect, test } from '@playwright/test'
import {
  ask,
  control,
  expectLines,
  openPlayground,
  paste,
  screenText,
  terminalInput,
  typeLine,
} from './support/page.ts'

test('history survives a reload, and Ctrl-R finds in it', async ({ page }) => {
  await openPlayground(page)
  await ask(page, 1, 'SET planet earth', 'OK')
  await ask(page, 1, 'GET planet', '"earth"')
  await page.reload()
  // The session of before is there again, as far as it was kept.
  await expect(page.getByRole('button', { name: 'Pause sync' }).first()).toBeEnabled()
  await expect.poll(() => screenText(page, 1)).toMatch(/region-1>$/)
  await terminalInput(page, 1).focus()
  await page.keyboard.press('ArrowUp')
  await expect.poll(() => screenText(page, 1)).toContain('region-1> GET planet')
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+r')
  await page.keyboard.type('earth')
  await expect.poll(() => screenText(page, 1)).toContain("(reverse-i-search)`earth': SET planet earth")
  await page.keyboard.press('Enter')
  await expectLines(page, 1, 'region-1> SET planet earth', 'OK')
})

test('200 lines pasted at once all run, in order', async ({ page }) => {
  await openPlayground(page)
  await terminalInput(page, 1).focus()
  await paste(page, 1, `${Array.from({ length: 200 }, (_, i) => `INCRBY sum ${i}`).join('\n')}\n`)
  await expectLines(page, 1, 'region-1> INCRBY sum 199', '(integer) 19900')
  await expect(page.getByRole('option', { name: /Region 2, .*received INCRBY sum \d+ and \d+ more/ })).not.toHaveCount(
    0,
  )
})

test('bad input is answered and harms nothing: quotes, unknown commands, escape sequences', async ({ page }) => {
  await openPlayground(page)
  await ask(page, 1, 'SET k "unbalanced', 'Invalid argument(s)')
  await typeLine(page, 1, 'FLY me to the moon')
  await expect.poll(() => screenText(page, 1)).toContain("(error) ERR unknown command 'FLY'")
  await ask(page, 1, 'GET', "(error) ERR wrong number of arguments for 'get' command")
  await ask(page, 1, String.raw`SET k "\x1b[2J\x1b[31mred\x07"`, 'OK')
  await ask(page, 1, 'GET k', String.raw`"\x1b[2J\x1b[31mred\a"`)
  await expect.poll(() => screenText(page, 1)).toContain('Invalid argument(s)')
  await expect(page.getByRole('option', { name: /GET k, reply/ })).toContainText(String.raw`\x1b[2J`)
})

test('MULTI shows in the prompt, hints and completion help while typing', async ({ page }) => {
  await openPlayground(page)
  await terminalInput(page, 1).focus()
  await page.keyboard.type('incrb')
  await page.keyboard.press('Tab')
  await page.keyboard.type(' ')
  await expect.poll(() => screenText(page, 1)).toContain('region-1> incrby key increment')
  await page.keyboard.press('Control+c')
  await typeLine(page, 1, 'MULTI')
  await expect.poll(() => screenText(page, 1)).toContain('region-1(TX)>')
  await typeLine(page, 1, 'SET a 1')
  await typeLine(page, 1, 'EXEC')
  await expectLines(page, 1, 'region-1(TX)> EXEC', '1) OK')
})

test('scripts: the interpreter is fetched with the first of them; a loop without end is stopped, by Ctrl-C or by its limit', async ({
  page,
}) => {
  const fetched: string[] = []
  page.context().on('request', (request) => fetched.push(request.url()))
  await openPlayground(page)
  await ask(page, 1, 'PING', 'PONG')
  expect(fetched.filter((url) => /scripting/.test(url))).toEqual([])
  await ask(page, 1, 'EVAL "return cjson.encode({1, 2})" 0', '"[1,2]"')
  await typeLine(page, 1, 'EVAL "while true do end" 0')
  // The other regions go on meanwhile.
  await ask(page, 2, 'SET k v', 'OK')
  await ask(page, 2, 'GET k', '"v"')
  await terminalInput(page, 1).focus()
  await page.keyboard.press('Control+c')
  await control(page, 'sync')
  await ask(page, 1, 'GET k', '"v"')
  await typeLine(page, 1, 'EVAL "while true do end" 0')
  await expect
    .poll(() => screenText(page, 1), { timeout: 60_000 })
    .toContain('(error) ERR Script killed: it ran for more than')
  await ask(page, 1, 'PING', 'PONG')
  await expect(page.getByText(/was restarted/)).toHaveCount(0)
})

test('redis-cli at home: RESP3 types after HELLO 3, counts in front, help, and hints that can be turned off', async ({
  page,
}) => {
  await openPlayground(page)
  await ask(page, 1, 'HSET h a 1', '(integer) 1')
  await ask(page, 1, 'HGETALL h', '1) "a"', '2) "1"')
  await typeLine(page, 1, 'HELLO 3')
  await expect.poll(() => screenText(page, 1)).toContain('"proto" => (integer) 3')
  await ask(page, 1, 'HGETALL h', '1# "a" => "1"')
  await ask(page, 1, '3 INCR n', '(integer) 1', '(integer) 2', '(integer) 3')
  await ask(page, 1, '0 INCR n', 'Invalid repeat count: a positive number runs the command that', 'often.')
  await page.keyboard.type('GET ')
  await expect.poll(() => screenText(page, 1)).toMatch(/region-1> GET key$/)
  await page.keyboard.press('Control+c')
  await typeLine(page, 1, ':set nohints')
  await page.keyboard.type('GET ')
  await expect.poll(() => screenText(page, 1)).toMatch(/region-1> GET$/)
  await page.keyboard.press('Control+u')
  await typeLine(page, 1, 'help PFCOUNT')
  await expect.poll(() => screenText(page, 1)).toMatch(/ {2}PFCOUNT keys? \[keys? ...\]\n[^]* {2}group: hyperloglog/)
  await typeLine(page, 1, 'help @hyperloglog')
  await expect.poll(() => screenText(page, 1)).toMatch(/PFADD[^]*PFCOUNT[^]*PFMERGE/)
})
