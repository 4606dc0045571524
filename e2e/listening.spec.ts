import { expect, test } from '@playwright/test'
import { ask, event, expectLines, openPlayground, screenText, terminalInput, typeLine } from './support/page.ts'

test('M1: a message published in one region reaches a subscriber in the other, who leaves with Ctrl-C', async ({
  page,
}) => {
  await openPlayground(page)
  await typeLine(page, 2, 'SUBSCRIBE news')
  await expect
    .poll(() => screenText(page, 2))
    .toMatch(/1\) "subscribe"\n2\) "news"\n3\) \(integer\) 1\n+region-2\(subscr/)
  await ask(page, 1, 'PUBLISH news hello', '(integer) 0')
  await expect
    .poll(() => screenText(page, 2))
    .toMatch(/1\) "message"\n2\) "news"\n3\) "hello"\n+region-2\(subscribed mode\)>$/)
  await terminalInput(page, 2).focus()
  await page.keyboard.press('Control+c')
  await expectLines(page, 2, 'region-2(subscribed mode)> ^C')
  await ask(page, 2, 'GET k', '(nil)')
})

test('MONITOR shows what others run in the region, until Ctrl-C', async ({ page }) => {
  await openPlayground(page)
  await typeLine(page, 1, 'MONITOR')
  await expect.poll(() => screenText(page, 1)).toMatch(/MONITOR\nOK$/)
  await page.keyboard.type('ignored\n')
  await page.getByRole('tab', { name: 'Console' }).click()
  await page.getByLabel('Control line', { exact: true }).fill('expect 1 GET k → (nil)')
  await page.keyboard.press('Enter')
  await expect.poll(() => screenText(page, 1)).toMatch(/OK\n\d+\.\d+ \[0 127\.0\.0\.1:\d+\] "GET" "k"$/)
  await terminalInput(page, 1).focus()
  await page.keyboard.press('Control+c')
  await ask(page, 1, 'PING', 'PONG')
})

test('a command that waits is served by another region, and one given up with Ctrl-C takes nothing', async ({
  page,
}) => {
  await openPlayground(page)
  await typeLine(page, 1, 'BLPOP jobs 0')
  await ask(page, 2, 'RPUSH jobs first', '(integer) 1')
  await expectLines(page, 1, 'region-1> BLPOP jobs 0', '1) "jobs"', '2) "first"')
  await typeLine(page, 1, 'BLPOP jobs 0')
  await expect.poll(() => screenText(page, 1)).toMatch(/BLPOP jobs 0$/)
  await terminalInput(page, 1).focus()
  await page.keyboard.press('Control+c')
  await expectLines(page, 1, '^C')
  await ask(page, 1, 'RPUSH jobs second', '(integer) 1')
  await ask(page, 1, 'LRANGE jobs 0 -1', '1) "second"')
  await expect(event(page, /Region 1, .*BLPOP jobs 0, reply "jobs" "first"/)).toHaveCount(1)
})
