const ROW = 512
let twoAgo = new Uint16Array(ROW)
let oneAgo = new Uint16Array(ROW)
let current = new Uint16Array(ROW)

/**
 * Edits that turn one word into another (insert, delete, replace, swap neighbours: optimal string alignment, Damerau 1964), or `most + 1` where there are more than `most`.
 * Only the band of the table that `most` edits can reach is filled.
 */
export function editDistance(a: string, b: string, most: number): number {
  if (a === b) return 0
  if (a.length > b.length) [a, b] = [b, a]
  const n = a.length
  const m = b.length
  if (m - n > most || m >= ROW) return most + 1
  let start = 0
  while (start < n && a.charCodeAt(start) === b.charCodeAt(start)) start++
  let end = 0
  while (end < n - start && a.charCodeAt(n - 1 - end) === b.charCodeAt(m - 1 - end)) end++
  const rows = n - start - end
  const columns = m - start - end
  if (rows === 0) return columns
  if (most === 1) {
    if (rows === 1 && columns === 1) return 1
    const swapped =
      rows === 2 && columns === 2 && a.charCodeAt(start) === b.charCodeAt(start + 1) && a.charCodeAt(start + 1) === b.charCodeAt(start)
    return swapped ? 1 : 2
  }

  const far = most + 1
  for (let j = 0; j <= columns; j++) oneAgo[j] = j
  for (let i = 1; i <= rows; i++) {
    const low = Math.max(1, i - most)
    const high = Math.min(columns, i + most)
    current[0] = i
    if (low > 1) current[low - 1] = far
    let best = low === 1 ? i : far
    const x = a.charCodeAt(start + i - 1)
    for (let j = low; j <= high; j++) {
      const y = b.charCodeAt(start + j - 1)
      let cost = oneAgo[j - 1]! + (x === y ? 0 : 1)
      if (j < i + most) cost = Math.min(cost, oneAgo[j]! + 1)
      cost = Math.min(cost, current[j - 1]! + 1)
      if (i > 1 && j > 1 && x === b.charCodeAt(start + j - 2) && a.charCodeAt(start + i - 2) === y)
        cost = Math.min(cost, twoAgo[j - 2]! + 1)
      current[j] = cost
      if (cost < best) best = cost
    }
    if (best > most) return far
    const spare = twoAgo
    twoAgo = oneAgo
    oneAgo = current
    current = spare
  }
  return Math.min(oneAgo[columns]!, far)
}

/** Whether two words of equal length differ by one swap of neighbours. */
export function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let i = 0
  while (i < a.length && a.charCodeAt(i) === b.charCodeAt(i)) i++
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2)
}
