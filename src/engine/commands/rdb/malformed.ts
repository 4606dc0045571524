/** Thrown by what reads a payload that is not what it should be. */
export class Malformed extends Error {}
