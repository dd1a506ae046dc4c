/** Endings that say how a file is to be read. No other part of a caller's name ever becomes part of a path. */
const ENDING = /\.(csv|tsv|parquet|pq|json|jsonl|ndjson|gexf|yaml|yml|xml|txt|xlsx|ods|dat)(\.(gz|zst))?$/

/** Files of Bitcoin Core are told by their numbers, and a block file's undo data by the same number. */
const CORE = /^(blk|rev)(\d{1,6})\.dat$/

/** What unmasks the block files beside it (Bitcoin Core 28 and newer). It is read with them, never by itself. */
export const MASK = 'xor.dat'

/** The name of the n-th input of a job on the disk: made of its number and of an ending from a closed list. */
export function inputName(n: number, claimed: string): string {
  const name = claimed.toLowerCase()
  if (name === MASK) return MASK
  const core = CORE.exec(name)
  if (core !== null) return `${core[1]}${core[2]}.dat`
  return `${n}${ENDING.exec(name)?.[0] ?? ''}`
}

/**
 * A file's name as a header (RFC 6266, RFC 8187): to be saved, never shown in place. The plain form is made of harmless characters; the whole name goes beside it, encoded.
 */
export function attachment(name: string): string {
  const last = name.split(/[/\\]/).at(-1) || 'file'
  const plain = last.replaceAll(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '_')
  const encoded = encodeURIComponent(last.toWellFormed()).replaceAll(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
