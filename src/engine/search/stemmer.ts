/** The English Snowball stemmer (Porter 2, snowballstem.org/algorithms/english): what Redis's query engine stems English with. */

const EXCEPTIONS: Readonly<Record<string, string>> = {
  skis: 'ski',
  skies: 'sky',
  dying: 'die',
  lying: 'lie',
  tying: 'tie',
  idly: 'idl',
  gently: 'gentl',
  ugly: 'ugli',
  early: 'earli',
  only: 'onli',
  singly: 'singl',
  sky: 'sky',
  news: 'news',
  howe: 'howe',
  atlas: 'atlas',
  cosmos: 'cosmos',
  bias: 'bias',
  andes: 'andes',
}
const KEPT_AFTER_1A = new Set(['inning', 'outing', 'canning', 'herring', 'earring', 'proceed', 'exceed', 'succeed'])

const STEP_2: readonly (readonly [suffix: string, to: string])[] = [
  ['ization', 'ize'],
  ['ational', 'ate'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['lessli', 'less'],
  ['entli', 'ent'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['ousli', 'ous'],
  ['iviti', 'ive'],
  ['fulli', 'ful'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['izer', 'ize'],
  ['ator', 'ate'],
  ['alli', 'al'],
  ['bli', 'ble'],
  ['ogi', 'og'],
  ['li', ''],
]
const STEP_3: readonly (readonly [suffix: string, to: string])[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['alize', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ative', ''],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
]
const STEP_4 = [
  'ement',
  'ance',
  'ence',
  'able',
  'ible',
  'ment',
  'ant',
  'ent',
  'ism',
  'ate',
  'iti',
  'ous',
  'ive',
  'ize',
  'ion',
  'al',
  'er',
  'ic',
]

/** The part of `word` after the first non-vowel that follows a vowel, from `from` on: where it begins. */
function regionAfter(word: string, from: number): number {
  const found = /[aeiouy][^aeiouy]/.exec(word.slice(from))
  return found === null ? word.length : from + found.index + 2
}

function endsShort(word: string): boolean {
  return /[^aeiouy][aeiouy][^aeiouywxY]$/.test(word) || /^[aeiouy][^aeiouy]$/.test(word)
}

/** A lower-case word's stem; words that are not plain English letters stem to themselves. */
export function stem(word: string): string {
  if (word.length <= 2 || !/^[a-z']+$/.test(word)) return word
  const exception = Object.hasOwn(EXCEPTIONS, word) ? EXCEPTIONS[word] : undefined
  if (exception !== undefined) return exception
  let w = word
    .replace(/^'/, '')
    .replace(/^y|([aeiouy])y/g, (match, vowel: string | undefined) => `${vowel ?? ''}Y${match.slice(2)}`)
  const prefix = /^(gener|commun|arsen)/.exec(w)
  const r1 = prefix === null ? regionAfter(w, 0) : prefix[0].length
  const r2 = regionAfter(w, r1)
  const inR1 = (suffix: string) => w.length - suffix.length >= r1
  const inR2 = (suffix: string) => w.length - suffix.length >= r2
  const cut = (suffix: string, to = '') => (w = w.slice(0, w.length - suffix.length) + to)

  // 0, 1a
  w = w.replace(/('s'|'s|')$/, '')
  if (w.endsWith('sses')) cut('sses', 'ss')
  else if (/ie[sd]$/.test(w)) cut('ies', w.length > 4 ? 'i' : 'ie')
  else if (/[aeiouy].+s$/.test(w) && !/(us|ss)$/.test(w)) cut('s')
  if (KEPT_AFTER_1A.has(w)) return w

  // 1b
  const eed = /eed(ly)?$/.exec(w)
  const ending = /(ed|edly|ing|ingly)$/.exec(w)
  if (eed !== null) {
    if (inR1(eed[0])) cut(eed[0], 'ee')
  } else if (ending !== null && /[aeiouy]/.test(w.slice(0, ending.index))) {
    cut(ending[0])
    if (/(at|bl|iz)$/.test(w)) w += 'e'
    else if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(w)) cut('x')
    else if (r1 >= w.length && endsShort(w)) w += 'e'
  }

  // 1c
  if (w.length > 2 && /[^aeiouy][yY]$/.test(w)) cut('y', 'i')

  // 2, 3, 4: of the suffixes that match the longest decides, whether or not it may go
  const second = STEP_2.find(([suffix]) => w.endsWith(suffix))
  if (second !== undefined && inR1(second[0])) {
    const [suffix, to] = second
    const before = w.at(-suffix.length - 1) ?? ''
    if (suffix === 'ogi' ? before === 'l' : suffix !== 'li' || /[cdeghkmnrt]/.test(before)) cut(suffix, to)
  }
  const third = STEP_3.find(([suffix]) => w.endsWith(suffix))
  if (third !== undefined && inR1(third[0]) && (third[0] !== 'ative' || inR2('ative'))) cut(third[0], third[1])
  const fourth = STEP_4.find((suffix) => w.endsWith(suffix))
  if (fourth !== undefined && inR2(fourth) && (fourth !== 'ion' || /[st]ion$/.test(w))) cut(fourth)

  // 5
  if (w.endsWith('e') && (inR2('e') || (inR1('e') && !endsShort(w.slice(0, -1))))) cut('e')
  else if (w.endsWith('ll') && inR2('l')) cut('l')
  return w.toLowerCase()
}
