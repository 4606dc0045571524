/** What an author puts into his page to show a scenario in it; the forms are told in docs/embedding.md. */

type Shown = { readonly scenario: string } | { readonly text: string }

const ENTITIES: Readonly<Record<string, string>> = { '—': '&mdash;', '→': '&rarr;' }

/** `base`: the address of the folder in which the playground's files lie. */
export function embedSnippet(base: string, shown: Shown): string {
  const script = `<script type="module" src="${base}embed.js"></script>`
  if ('scenario' in shown) return `${script}\n<crdb-playground scenario="${shown.scenario}"></crdb-playground>\n`
  const text = shown.text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    // Not every page says that it is UTF-8.
    .replace(/[^\0-\x7f]/gu, (character) => ENTITIES[character] ?? `&#${character.codePointAt(0)};`)
  return `${script}\n<crdb-playground>\n<pre>\n${text.trim()}\n</pre>\n</crdb-playground>\n`
}
