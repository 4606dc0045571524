/** The catalogue of a checkout, read from its folder. */
import { readdirSync, readFileSync } from 'node:fs'
import { type CatalogueEntry, readCatalogue } from '../scenarios/index.ts'

const FOLDER = new URL('../scenarios/catalog/', import.meta.url)

/** The text of every file in the folder by its id, listed in the catalogue or not. */
export function catalogueTexts(): ReadonlyMap<string, string> {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.md'))
  return new Map(names.toSorted().map((name) => [name.slice(0, -3), readFileSync(new URL(name, FOLDER), 'utf8')]))
}

export function loadCatalogue(): readonly CatalogueEntry[] {
  return readCatalogue(catalogueTexts())
}
