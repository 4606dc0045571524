/** Settings of the database that a region's commands depend on. They are not data: they do not replicate (G9). */

/**
 * Which entry IDs XADD takes (E2). `strict`: generated ones only, or the milliseconds. `semi-strict`: whole IDs too. `liberal`: any ascending ID, and
 * generated sequences are Redis's own, without the region's number.
 */
export type XaddIdMode = 'strict' | 'semi-strict' | 'liberal'
