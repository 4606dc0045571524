/** The session in which checks run their commands; front ends number theirs from 0. */
export const CHECK_SESSION = -1
