/** Types that are told by their first bytes. Whatever else a file is, it is served as bytes that no browser opens. */
const MAGIC: readonly (readonly [type: string, bytes: string, at: number])[] = [
  ['image/png', '89504e470d0a1a0a', 0],
  ['image/jpeg', 'ffd8ff', 0],
  ['image/gif', '47494638', 0],
  ['image/webp', '57454250', 8],
  ['application/pdf', '255044462d', 0],
  ['application/zip', '504b0304', 0],
  ['application/gzip', '1f8b', 0],
  ['application/zstd', '28b52ffd', 0],
  ['application/vnd.apache.parquet', '50415231', 0],
  ['video/mp4', '66747970', 4],
  ['application/x-sqlite3', '53514c69746520666f726d6174203300', 0],
  ['application/vnd.tcpdump.pcap', 'd4c3b2a1', 0],
]

/** How many bytes of a file's beginning decide. */
export const SNIFFED_BYTES = 512

/** What a file is by its beginning: a known type, text, or just bytes. Markup is text here: nothing that a browser would run has a type of its own. */
export function sniffType(beginning: Uint8Array): string {
  const hex = Buffer.from(beginning.subarray(0, SNIFFED_BYTES)).toString('hex')
  for (const [type, magic, at] of MAGIC) if (hex.startsWith(magic, at * 2)) return type
  return beginning.length > 0 && isText(beginning) ? 'text/plain; charset=utf-8' : 'application/octet-stream'
}

function isText(beginning: Uint8Array): boolean {
  const text = new TextDecoder('utf-8', { fatal: false }).decode(beginning.subarray(0, SNIFFED_BYTES), { stream: true })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what text does not hold
  return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/.test(text)
}
