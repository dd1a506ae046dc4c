/** Reads a whole body, or gives up with null as soon as it is longer than `limit` bytes (after decompression): nothing is set aside for what a header merely claims. */
export async function readBody(response: Response, limit: number): Promise<Uint8Array | null> {
  const { body } = response
  if (body === null) return new Uint8Array(0)
  const reader = body.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > limit) {
      await reader.cancel().catch(() => undefined)
      return null
    }
    parts.push(value)
  }
  return Buffer.concat(parts, length)
}
