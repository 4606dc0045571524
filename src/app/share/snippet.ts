/** What an author puts into his page to show a scenario in it; the forms are told in docs/embedding.md. */

type Shown = { readonly scenario: string } | { readonly text: string }

/** `base`: the address of the folder in which the playground's files lie. */
export function embedSnippet(base: string, shown: Shown): string {
  const script = `<script type="module" src="${base}embed.js"></script>`
  if ('scenario' in shown) return `${script}\n<crdb-playground scenario="${shown.scenario}"></crdb-playground>\n`
  const text = shown.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `${script}\n<crdb-playground>\n<pre>\n${text.trim()}\n</pre>\n</crdb-playground>\n`
}
