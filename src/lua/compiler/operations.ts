/**
 * The operations of the machine. R are registers, K constants; RK is a register, or the constant ~x when negative. The numbers are repeated as literals in
 * `machine/execute.ts`, where a switch must see them to become a jump table; a test keeps the two the same.
 */
/** R[a] = R[b] */
export const MOVE = 0
/** R[a] = K[b] */
export const LOADK = 1
/** R[a … b] = nil */
export const LOADNIL = 2
/** R[a] = b ≠ 0 */
export const LOADBOOL = 3
/** R[a] = upvalue b */
export const GETUPVAL = 4
/** upvalue a = RK[b] */
export const SETUPVAL = 5
/** R[a] = box R[b] */
export const GETBOX = 6
/** box R[a] = RK[b] */
export const SETBOX = 7
/** R[a] = a box that holds R[a] */
export const NEWBOX = 8
/** R[a] = globals[K[b]] */
export const GETGLOBAL = 9
/** globals[K[a]] = RK[b] */
export const SETGLOBAL = 10
/** R[a] = R[b][RK[c]] */
export const GETTABLE = 11
/** R[a] = R[b][K[c]], a string */
export const GETFIELD = 12
/** R[a][RK[b]] = RK[c] */
export const SETTABLE = 13
/** R[a + 1] = R[b]; R[a] = R[b][K[c]] */
export const SELF = 14
/** R[a] = {} with b slots */
export const NEWTABLE = 15
/** R[a][c + i] = R[a + 1 + i] for b values; b = -1: up to the top */
export const SETLIST = 16
/** R[a] = RK[b] + RK[c] */
export const ADD = 17
export const SUB = 18
export const MUL = 19
export const DIV = 20
export const MOD = 21
export const POW = 22
/** R[a] = -RK[b] */
export const UNM = 23
export const NOT = 24
export const LEN = 25
/** R[a] = R[b] .. … .. R[c] */
export const CONCAT = 26
/** to a */
export const JUMP = 27
/** back to a; b instructions are in the loop */
export const LOOP = 28
/** to b when RK[a] is true */
export const IF = 29
/** to b when RK[a] is false */
export const UNLESS = 30
/** to c when RK[a] == RK[b] */
export const EQ = 31
/** to c when not equal */
export const NE = 32
/** to c when RK[a] < RK[b] */
export const LT = 33
/** to c when not less */
export const NLT = 34
/** to c when RK[a] <= RK[b] */
export const LE = 35
/** to c when not less or equal */
export const NLE = 36
/** R[a …] = R[a](R[a + 1] … b arguments), c results; -1: up to the top */
export const CALL = 37
/** return R[a](… b arguments) */
export const TAILCALL = 38
/** b values from R[a]; -1: up to the top */
export const RETURN = 39
/** checks R[a … a + 2], then to b */
export const FORPREP = 40
/** next of a numeric loop: R[a + 3], to b; c instructions are in the loop */
export const FORLOOP = 41
/** R[a + 3 …] = R[a](R[a + 1], R[a + 2]), c values */
export const TFORCALL = 42
/** unless R[a + 3] is nil: R[a + 2] = R[a + 3], to b; c instructions are in the loop */
export const TFORLOOP = 43
/** R[a] = function b */
export const CLOSURE = 44
/** R[a …] = …, b values; -1: all, up to the top */
export const VARARG = 45
