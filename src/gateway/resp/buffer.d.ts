/** Node's own fast conversion, which its type declarations leave out. */
interface Buffer {
  latin1Slice(start: number, end: number): string
}
