/** How a JSON document is marked: the name of RedisJSON's type, six bits a letter, and the version of its form, of which 3 is the text alone. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VERSION = 3n

export const JSON_MODULE =
  ('ReJSON-RL'.split('').reduce((id, letter) => (id << 6n) | BigInt(LETTERS.indexOf(letter)), 0n) << 10n) | VERSION
