/** The version whose commands and texts the engine speaks, as HELLO, INFO and LOLWUT tell it. */
export const REDIS_VERSION = '8.4.0'
