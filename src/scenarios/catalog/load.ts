import { type CatalogueEntry, readCatalogue } from './index.ts'

/** The catalogue in a page. The texts are a chunk of their own: who plays one scenario does not fetch them all. */
export async function loadBundledCatalogue(): Promise<readonly CatalogueEntry[]> {
  return readCatalogue((await import('./bundle.ts')).bundledTexts())
}
