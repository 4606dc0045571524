/** `rules.html` of the built site: every rule with an address of its own (`#C3`), the cases that show it, and where Redis's documentation tells of it. */
import { RULE_GROUPS, RULES } from '../src/engine/rules.ts'
import { loadCatalogue } from '../src/gateway/catalogue-files.ts'

type Cases = ReturnType<typeof loadCatalogue>

/** The whole page as HTML. It needs no script. */
export function rulesPage(): string {
  const cases = loadCatalogue()
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>The rules of an Active-Active database</title>
    <meta name="description" content="How an Active-Active database behaves and how it settles concurrent writes, rule by rule." />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" type="image/svg+xml" href="./favicon.svg" />
    <link rel="stylesheet" href="./page.css" />
  </head>
  <body>
    <main>
      <h1>The rules of an Active-Active database</h1>
      <p>
        Where writes of two regions meet, the timeline of the playground names the rule that decided. Here are all of them.
        Two writes are <em>concurrent</em> when neither region had seen the other’s.
      </p>
      <nav aria-label="Groups of rules">
        ${RULE_GROUPS.map(({ letter, name }) => `<a href="#${letter}">${escaped(name)}</a>`).join(' · ')}
      </nav>
${RULE_GROUPS.map((group) => groupOf(group, cases)).join('\n')}
      <p><a href="./">To the playground</a></p>
    </main>
  </body>
</html>
`
}

function groupOf({ letter, name, documentation }: (typeof RULE_GROUPS)[number], cases: Cases): string {
  const rules = Object.entries(RULES).filter(([id]) => id.startsWith(letter))
  return `      <section id="${letter}">
        <h2>${escaped(name)}</h2>
${rules.map(([id, { title, explanation }]) => ruleOf(id, title, explanation, cases)).join('\n')}
        <p><a href="${documentation}" rel="noreferrer">Redis’s documentation on this</a></p>
      </section>`
}

function ruleOf(id: string, title: string, explanation: string, cases: Cases): string {
  const named = new RegExp(`\\b${id}\\b`)
  const shown = cases.filter(({ text }) => named.test(text))
  const links = shown.map((each) => `<a href="./?scenario=${each.id}">${escaped(each.title)}</a>`)
  return `        <article id="${id}">
          <h3><a href="#${id}">${id}</a> ${escaped(title)}</h3>
          <p>${escaped(explanation)}</p>${links.length === 0 ? '' : `\n          <p class="seen">To be seen in: ${links.join(' · ')}</p>`}
        </article>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
