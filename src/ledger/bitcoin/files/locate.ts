import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { CordonError } from '../../../chain/index.ts'
import { type Recognised, recognise, unrecognised } from './recognise.ts'

/** Block and undo files of one number in one folder of Bitcoin Core, or one file of another name. */
export interface BlockFile {
  readonly file: Recognised
  /** What undoes its blocks. */
  readonly undo: Recognised | null
  /** True when a node may still be writing at its end: it is the block file of the highest number in its folder. */
  readonly newest: boolean
}

const BLOCKS = /^blk(\d+)\.dat$/
const UNDO = /^rev(\d+)\.dat$/
const natural = new Intl.Collator('en', { numeric: true }).compare

/** Whether a path is read by `openBlockFiles`: a blocks folder of Bitcoin Core (or a data folder around one), or a file of blocks. */
export function isBlockSource(path: string): boolean {
  const info = statSync(path, { throwIfNoEntry: false })
  if (info === undefined) return false
  if (info.isDirectory()) return coreFolder(path) !== null
  return info.isFile() && recognise(path) !== null
}

/**
 * The files of blocks behind paths, in the order given; in a folder by number or name. The undo file of a block file belongs to it, whether it was named or not.
 *
 * @throws CordonError `bitcoin/no-such-file`, `bitcoin/no-blocks`, `bitcoin/undo-without-blocks`
 */
export function locateBlocks(paths: readonly string[]): BlockFile[] {
  const named = new Map<string, Recognised>()
  for (const path of paths.flatMap(filesOf)) {
    const place = resolve(path)
    if (named.has(place)) continue
    const file = recognise(path)
    const isSetAside = isCoreName(basename(path)) && (file === null ? statSync(path).size === 0 : file.kind === 'empty')
    if (file === null || file.kind === 'empty') {
      // Bitcoin Core makes files before it writes to them.
      if (!isSetAside) throw unrecognised(path)
      if (file === null) continue
    }
    named.set(place, file)
  }
  const found: BlockFile[] = []
  const used = new Set<string>()
  const isNewest = newestOf()
  for (const file of named.values()) {
    if (isUndo(file)) continue
    const sibling = undoPath(file.path)
    const undo = sibling === null ? null : (named.get(resolve(sibling)) ?? beside(sibling))
    if (undo !== null) used.add(resolve(undo.path))
    found.push({ file, undo, newest: isNewest(file.path) })
  }
  for (const [place, file] of named) {
    if (isUndo(file) && !used.has(place)) {
      throw new CordonError('bitcoin/undo-without-blocks', `${file.path} is undo data, and the blocks that it is of are not there`, {
        place: { file: file.path },
        remedy: 'Put the blk*.dat file of the same number beside it.',
      })
    }
  }
  if (found.length === 0)
    throw new CordonError('bitcoin/no-blocks', 'no file of blocks was given', { remedy: 'Name block files or a folder of them.' })
  return found
}

function filesOf(path: string): string[] {
  const info = statSync(path, { throwIfNoEntry: false })
  if (info === undefined) {
    throw new CordonError('bitcoin/no-such-file', `${path} does not exist`, { place: { file: path }, remedy: 'Check the path.' })
  }
  if (!info.isDirectory()) return [path]
  const folder = coreFolder(path)
  const names = readdirSync(folder ?? path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && (folder === null ? !/^[._]/.test(entry.name) && entry.name !== 'xor.dat' : isCoreName(entry.name)))
    .map((entry) => entry.name)
    .sort(natural)
  if (names.length === 0) {
    throw new CordonError('bitcoin/no-blocks', `${path} holds no files`, {
      place: { file: path },
      remedy: 'Name a folder with block files in it.',
    })
  }
  return names.map((name) => join(folder ?? path, name))
}

/** The blocks folder that a path is or has in it, or null. */
function coreFolder(path: string): string | null {
  for (const folder of [path, join(path, 'blocks')]) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() && readdirSync(folder).some((name) => BLOCKS.test(name))) return folder
  }
  return null
}

function isCoreName(name: string): boolean {
  return BLOCKS.test(name) || UNDO.test(name)
}

function isUndo(file: Recognised): boolean {
  return file.kind === 'undo' || (file.kind === 'empty' && UNDO.test(basename(file.path)))
}

function undoPath(path: string): string | null {
  const number = BLOCKS.exec(basename(path))?.[1]
  return number === undefined ? null : join(dirname(path), `rev${number}.dat`)
}

function beside(path: string): Recognised | null {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile() || statSync(path).size === 0) return null
  const file = recognise(path)
  if (file === null || !isUndo(file)) throw unrecognised(path)
  return file
}

/** Says of block files whether theirs is the highest number in their folder; looks at each folder once. */
function newestOf(): (path: string) => boolean {
  const highest = new Map<string, number>()
  return (path) => {
    const number = BLOCKS.exec(basename(path))?.[1]
    if (number === undefined) return false
    const folder = dirname(path)
    let last = highest.get(folder)
    if (last === undefined) {
      last = readdirSync(folder).reduce((most, name) => Math.max(most, Number(BLOCKS.exec(name)?.[1] ?? -1)), -1)
      highest.set(folder, last)
    }
    return Number(number) === last
  }
}
