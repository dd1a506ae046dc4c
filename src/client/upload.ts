import { ProblemError, problemOf } from './problem-error.ts'
import { type Patience, sendPatiently, type World } from './retry.ts'
import type { components } from './schema.ts'

/** An upload as the node has it. */
export type Upload = components['schemas']['Upload']

/** What is uploaded, besides its bytes. */
export type Uploading = {
  /** Its ending says how the file is read. */
  readonly name: string
  readonly mediaType?: string
  /** 64 hex digits: what its bytes must hash to. */
  readonly sha256?: string
  /** Bytes of one request; 8 MiB without. What has arrived is kept whatever becomes of the request. */
  readonly pieceBytes?: number
  /** Told how many bytes have arrived. */
  readonly progress?: (bytes: number) => void
  readonly signal?: AbortSignal
}

const PIECE = 8 * 1_048_576

/** What an upload is sent through. */
export type Sender = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly patience: Patience
  readonly world: World
}

/**
 * Sends the bytes of an announced upload piece by piece. Where a connection breaks, the node is asked how far it came, and the rest goes on from there; it is given up when several pieces in a row bring nothing.
 */
export async function sendBytes(
  announced: Upload,
  bytes: Blob,
  { pieceBytes = PIECE, progress, signal }: Uploading,
  sender: Sender,
): Promise<Upload> {
  const { patience, world } = sender
  const address = `${sender.url}/api/v1/uploads/${announced.id}`
  const ended = signal ?? new AbortController().signal
  let upload = announced
  let failures = 0
  while (upload.state === 'open') {
    const from = upload.offset
    try {
      upload = await sendPiece(address, bytes.slice(from, from + pieceBytes), from, ended, sender)
    } catch (error) {
      if (ended.aborted || (error instanceof ProblemError && !isPassing(error)) || ++failures >= patience.attempts) throw error
      await world.sleep(Math.min(patience.longest, 0.25 * 2 ** failures) * 1000, ended)
      upload = await ask(address, ended, sender)
    }
    if (upload.offset > from) failures = 0
    progress?.(upload.offset)
  }
  return upload
}

async function sendPiece(address: string, piece: Blob, from: number, signal: AbortSignal, { headers, world }: Sender): Promise<Upload> {
  const request = new Request(address, {
    method: 'PATCH',
    headers: { ...headers, 'content-type': 'application/octet-stream', 'upload-offset': String(from) },
    // A piece is in memory once, so that a browser and Node send it alike.
    body: await piece.arrayBuffer(),
    redirect: 'error',
    signal,
  })
  return await uploadOf(await world.fetch(request))
}

async function ask(address: string, signal: AbortSignal, { headers, patience, world }: Sender): Promise<Upload> {
  return await uploadOf(await sendPatiently(new Request(address, { headers: { ...headers }, redirect: 'error', signal }), patience, world))
}

async function uploadOf(response: Response): Promise<Upload> {
  if (!response.ok) throw await problemOf(response)
  return (await response.json()) as Upload
}

/** The node is busy, or the piece does not begin where the upload is: then asking tells where. */
function isPassing({ status, code }: ProblemError): boolean {
  return status === 429 || status === 503 || code === 'uploads/other-offset' || code === 'uploads/taken-over'
}
