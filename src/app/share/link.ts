/**
 * A session as the fragment of an address: `session=1.` and, in base64url, four bytes of checksum and the deflated body. A browser sends a fragment to no server.
 *
 * A link is foreign data. It is inflated up to a limit, checked against its checksum, and then looked at like any other log.
 */
import { arrayOfBytes, bytesOfArray, ByteWriter, hashBytes } from '../../lib/index.ts'
import type { SessionLog } from '../../simulation/index.ts'
import { UnfitSession } from './clean.ts'
import { bodyOf, logOfBody } from './link-body.ts'

const VERSION = 1
export const FRAGMENT_NAME = 'session='
/** Longer links are cut by what they are sent through; a file serves better. */
export const LONGEST_LINK = 8000
/** What is looked at all the same. */
const LONGEST_READ = 200_000
const MOST_BODY_BYTES = 4_000_000
const CHECKSUM_BYTES = 4
/** The fragment, without its `#`. */
export async function linkOf(log: SessionLog): Promise<string> {
  const body = bodyOf(log)
  const checksum = new ByteWriter()
  let rest = hashBytes(bytesOfArray(body))
  for (let i = 0; i < CHECKSUM_BYTES; i++, rest >>>= 8) checksum.byte(rest & 255)
  checksum.raw(await through(new CompressionStream('deflate-raw'), body, Infinity))
  const base64 = btoa(bytesOfArray(checksum.take()))
  return `${FRAGMENT_NAME}${VERSION}.${base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`
}

/** `fragment`: without its `#`. Throws `UnfitSession`, and nothing else. */
export async function logOfLink(fragment: string): Promise<SessionLog> {
  // What a messenger took for a part of the address.
  const [, version, text] =
    /^session=(\d{1,3})\.([\w-]+)[.,;:!?)\]}>'"]*$/.exec(fragment.slice(0, LONGEST_READ + 1)) ?? []
  if (fragment.length > LONGEST_READ) throw new UnfitSession('It is too long.')
  if (version === undefined || text === undefined)
    throw new UnfitSession('It is not complete, or was changed on its way.')
  if (Number(version) > VERSION) throw new UnfitSession('It was made by a newer version of the playground.')
  if (Number(version) < VERSION)
    throw new UnfitSession('It was made by a version of the playground that is no longer read.')
  const bytes = bytesOfBase64url(text)
  let body: Uint8Array
  try {
    body = await through(new DecompressionStream('deflate-raw'), bytes.slice(CHECKSUM_BYTES), MOST_BODY_BYTES)
  } catch (reason) {
    throw reason instanceof UnfitSession ? reason : new UnfitSession('It is not complete, or was changed on its way.')
  }
  const checksum = [0, 8, 16, 24].reduce((sum, shift, i) => sum + (bytes[i] ?? 0) * 2 ** shift, 0)
  if (checksum !== hashBytes(bytesOfArray(body)))
    throw new UnfitSession('It is not complete, or was changed on its way.')
  return logOfBody(body)
}

function bytesOfBase64url(text: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(arrayOfBytes(atob(text.replaceAll('-', '+').replaceAll('_', '/'))))
  } catch {
    throw new UnfitSession('It is not complete, or was changed on its way.')
  }
}

/** Stops as soon as there is more than `most`. */
async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array,
  most: number,
): Promise<Uint8Array> {
  const out = new ByteWriter()
  const reader = new Blob([new Uint8Array(bytes)]).stream().pipeThrough<Uint8Array>(stream).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return out.take()
    out.raw(value)
    if (out.length <= most) continue
    await reader.cancel().catch(() => {})
    throw new UnfitSession('It holds more than a session can.')
  }
}
