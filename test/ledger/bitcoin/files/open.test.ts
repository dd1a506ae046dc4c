import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CordonError } from '../../../../src/chain/index.ts'
import { isBlockSource, openBlockFiles } from '../../../../src/ledger/bitcoin/files/index.ts'
import { hex, u32 } from '../wire/blocks.ts'
import { FIRST_BLOCKS, hasReal, REAL_BLOCKS, realPath } from '../wire/real.ts'
import { expected, framed, grow, type Link, link, masked, readAll, undone, withFiles } from './chain.ts'

const KEY = Buffer.from('1b5f0a9377c4e82d', 'hex')
const chain = grow(null, 12)
const part = (from: number, to: number): Link[] => chain.slice(from, to)
const refusal = (code: string, message: RegExp) =>
  expect.objectContaining({ name: 'CordonError', code, message: expect.stringMatching(message) })

/** A blocks folder as a node leaves it: blocks out of order in two files, undo records in order of height, space set aside at the end of the last. */
const folder = {
  'blk00000.dat': framed([chain[1], chain[0], chain[3], chain[2], chain[4]] as Link[]),
  'rev00000.dat': undone(part(0, 5)),
  'blk00001.dat': framed(part(5, 12)),
  'rev00001.dat': undone(part(5, 12)),
}
const padding = Buffer.alloc(70_000)

async function drained<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

describe.runIf(hasReal())('real block files', () => {
  it('of the first 255 blocks are read in order of height, counted from the genesis block that is not among them', async () => {
    const { blocks, notes, sources, network } = await readAll([realPath(FIRST_BLOCKS)])
    expect(network).toBe('main')
    expect(blocks.map(({ height }) => height)).toEqual(Array.from({ length: 255 }, (_, i) => i + 1))
    expect(blocks[0]?.hash).toBe('00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048')
    expect(notes).toEqual([])
    expect(sources).toMatchObject([{ format: 'bitcoin-core/blk', rowsRead: 255, transfers: 262, refused: 0, bytes: 58_731 }])
  })

  it('of the first blocks begin with the genesis block where it is there', async () => {
    const genesis = createRequire(import.meta.url)('bcoin').Network.get('main').genesisBlock as string
    await withFiles({ genesis: Buffer.from(genesis, 'hex'), 'genesis.hex': genesis }, async (root) => {
      const { blocks } = await readAll([realPath(FIRST_BLOCKS), join(root, 'genesis')])
      expect(blocks.map(({ height }) => height)).toEqual(Array.from({ length: 256 }, (_, i) => i))
      expect(blocks[0]?.hash).toBe('000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f')
      expect((await readAll([join(root, 'genesis.hex')])).blocks).toEqual(blocks.slice(0, 1))
    })
  })

  it('of single blocks are read in order of height, with the gaps named', async () => {
    const files = REAL_BLOCKS.filter(({ network }) => network === 'main').map(({ file }) => realPath(file))
    const { blocks, notes, sources } = await readAll(files)
    expect(blocks.map(({ height }) => height)).toEqual([300_025, 540_107, 574_200])
    expect(notes).toEqual([
      'no blocks from height 300026 to 540106: 240081 are not in these files',
      'no blocks from height 540108 to 574199: 34092 are not in these files',
    ])
    expect(sources.map(({ format, lacks, rowsRead }) => [format, lacks, rowsRead])).toEqual(
      files.map(() => ['bitcoin/raw-block', ['spent values'], 1]),
    )
    expect(sources.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256 ?? ''))).toBe(true)
  })

  it('of the test network need their network named', async () => {
    const files = REAL_BLOCKS.filter(({ network }) => network === 'test').map(({ file }) => realPath(file))
    expect((await readAll(files, { network: 'test' })).blocks.map(({ height }) => height)).toEqual([928_816, 928_848])
    await expect(readAll(files.slice(0, 1))).rejects.toEqual(refusal('bitcoin/unknown-height', /does not say its height/))
  })
})

describe('a blocks folder of Bitcoin Core', () => {
  const reads = async (files: Readonly<Record<string, Uint8Array>>, sub = '.'): Promise<void> => {
    await withFiles(files, async (root) => {
      const { blocks, notes, sources, network } = await readAll([join(root, sub)])
      expect(network).toBe('regtest')
      expect(blocks).toEqual(expected(chain))
      expect(notes).toEqual([])
      expect(sources.map(({ format, rowsRead, lacks }) => [format, rowsRead, lacks])).toEqual([
        ['bitcoin-core/blk', 5, []],
        ['bitcoin-core/rev', 5, []],
        ['bitcoin-core/blk', 7, []],
        ['bitcoin-core/rev', 7, []],
      ])
      expect(sources.reduce((sum, { transfers }) => sum + transfers, 0)).toBe(chain.reduce((sum, { coins }) => sum + 1 + coins.length, 0))
    })
  }

  it('is read in order of height with what the blocks spent, whatever the order in its files', () => reads(folder))

  it('is read the same when a key masks its files', () =>
    reads({ ...Object.fromEntries(Object.entries(folder).map(([name, bytes]) => [name, masked(bytes, KEY)])), 'xor.dat': KEY }))

  it('is read the same with a key of zeros', () => reads({ ...folder, 'xor.dat': Buffer.alloc(8) }))

  it('is read up to the space that is set aside, masked or not', async () => {
    await reads({
      ...folder,
      'blk00001.dat': Buffer.concat([folder['blk00001.dat'], padding]),
      'rev00001.dat': Buffer.concat([folder['rev00001.dat'], padding]),
    })
    const hidden = Object.fromEntries(Object.entries(folder).map(([name, bytes]) => [name, Buffer.concat([masked(bytes, KEY), padding])]))
    await reads({ ...hidden, 'xor.dat': KEY })
  })

  it('is found inside of a data folder, beside files that are none of its own', () =>
    reads({
      ...Object.fromEntries(Object.entries(folder).map(([name, bytes]) => [`blocks/${name}`, bytes])),
      'blocks/index/000003.log': Buffer.from('leveldb'),
      'bitcoin.conf': Buffer.from('regtest=1'),
    }))

  it('gives the same blocks from some of its files, with undo data that nobody named', async () => {
    await withFiles(folder, async (root) => {
      const { blocks, notes } = await readAll([join(root, 'blk00001.dat')])
      expect(blocks).toEqual(expected(part(5, 12)))
      expect(notes).toEqual([])
      expect((await readAll([join(root, 'rev00000.dat'), join(root, 'blk00000.dat')])).blocks).toEqual(expected(part(0, 5)))
    })
  })

  it('says what is unknown where undo data is missing, damaged or in another order', async () => {
    const [one, two] = [undone(part(5, 7)), undone(part(8, 12))]
    await withFiles({ ...folder, 'rev00001.dat': Buffer.concat([one, two]) }, async (root) => {
      const { blocks, notes, sources } = await readAll([root])
      expect(blocks).toEqual([...expected(part(0, 7)), ...expected(part(7, 8), false), ...expected(part(8, 12))])
      expect(notes).toEqual([expect.stringMatching(/rev00001\.dat has no undo data for 1 of the blocks .*not known/)])
      expect(sources[2]?.lacks).toEqual(['spent values'])
    })
    await withFiles({ ...folder, 'rev00000.dat': folder['rev00000.dat'].subarray(0, -1) }, async (root) => {
      const { blocks, notes } = await readAll([root])
      expect(blocks).toEqual([...expected(part(0, 4)), ...expected(part(4, 5), false), ...expected(part(5, 12))])
      expect(notes).toEqual([expect.stringMatching(/rev00000\.dat: what begins at byte/), expect.stringMatching(/for 1 of the blocks/)])
    })
    const damaged = Buffer.from(folder['rev00001.dat'])
    damaged[20] = (damaged[20] as number) ^ 1
    await withFiles({ ...folder, 'rev00001.dat': damaged }, async (root) => {
      expect((await readAll([root])).blocks).toEqual([...expected(part(0, 5)), ...expected(part(5, 6), false), ...expected(part(6, 12))])
    })
    await withFiles({ ...folder, 'rev00001.dat': undone([...part(9, 12), ...part(5, 9)].reverse()) }, async (root) => {
      expect((await readAll([root])).blocks).toEqual(expected(chain))
    })
    const { 'rev00000.dat': _, ...without } = folder
    await withFiles(without, async (root) => {
      expect((await readAll([root])).blocks).toEqual([...expected(part(0, 5), false), ...expected(part(5, 12))])
    })
  })

  it('is read from a height on', async () => {
    await withFiles(folder, async (root) => {
      expect((await readAll([root], { from: 8 })).blocks).toEqual(expected(part(7, 12)))
      expect((await readAll([root], { from: 99 })).blocks).toEqual([])
    })
  })
})

describe('a reorganisation', () => {
  const fork = part(0, 8)
  const short = grow(fork[7] as Link, 2, 1)

  it('leaves the branch with less work out, and says which blocks', async () => {
    await withFiles({ 'blk00000.dat': framed([...fork, ...short]), 'blk00001.dat': framed(part(8, 12)) }, async (root) => {
      const { blocks, notes } = await readAll([root])
      expect(blocks).toEqual(expected(chain, false))
      expect(notes).toEqual(
        short.map(
          ({ hash, height }) =>
            `block ${hex(hash)} at height ${height} is on a branch with less work and is left out (${join(root, 'blk00000.dat')})`,
        ),
      )
    })
  })

  it('keeps the branch that was seen first where both have the same work', async () => {
    await withFiles({ a: framed([...fork, ...short, ...part(8, 10)]), b: framed([...fork, ...part(8, 10), ...short]) }, async (root) => {
      expect((await readAll([join(root, 'a')])).blocks).toEqual(expected([...fork, ...short], false))
      expect((await readAll([join(root, 'b')])).blocks).toEqual(expected(part(0, 10), false))
    })
  })

  it('gives its undo data to the right branch', async () => {
    await withFiles(
      { 'blk00000.dat': framed([...fork, ...short, ...part(8, 12)]), 'rev00000.dat': undone([...fork, ...short, ...part(8, 12)]) },
      async (root) => {
        const { blocks, notes } = await readAll([root])
        expect(blocks).toEqual(expected(chain))
        expect(notes).toHaveLength(2)
      },
    )
  })

  it('ends in the chain of most work whatever the order and the files that its blocks lie in', async () => {
    const all = [...chain, ...short, ...grow(chain[2] as Link, 3, 2)]
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), fc.nat(all.length), async (shuffled, cut) => {
        await withFiles({ 'blk00000.dat': framed(shuffled.slice(0, cut)), 'blk00001.dat': framed(shuffled.slice(cut)) }, async (root) => {
          const { blocks, notes } = await readAll([root])
          expect(blocks).toEqual(expected(chain, false))
          expect(notes).toHaveLength(5)
        })
      }),
      { numRuns: 20 },
    )
  })
})

describe('pieces of a chain', () => {
  it('are read with a gap between them, by the heights in their coinbases', async () => {
    await withFiles({ one: framed(part(9, 11)), two: framed(part(2, 5)) }, async (root) => {
      const { blocks, notes } = await readAll([root])
      expect(blocks).toEqual(expected([...part(2, 5), ...part(9, 11)], false))
      expect(notes).toEqual(['no blocks from height 6 to 9: 4 are not in these files'])
    })
  })

  it('are taken once where they overlap, and blocks that are there twice are named', async () => {
    await withFiles({ one: framed(part(0, 6)), two: framed(part(4, 12)), three: (chain[5] as Link).bytes }, async (root) => {
      const { blocks, notes } = await readAll(['one', 'two', 'three'].map((name) => join(root, name)))
      expect(blocks).toEqual(expected(chain, false))
      expect(notes).toEqual([
        `block ${hex((chain[4] as Link).hash)}, and 2 other blocks is there more than once and is taken once (again in ${join(root, 'two')})`,
      ])
    })
  })

  it('of different branches at the same heights are not mixed: the one of more work is read', async () => {
    const other = grow(chain[5] as Link, 3, 5)
    await withFiles({ one: framed(part(6, 12)), two: framed(other.slice(1)) }, async (root) => {
      const { blocks, notes } = await readAll([root])
      expect(blocks).toEqual(expected(part(6, 12), false))
      expect(notes).toEqual(
        other.slice(1).map(({ hash, height }) => expect.stringContaining(`block ${hex(hash)} at height ${height} is apart`)),
      )
    })
  })

  it('of which one should follow the other and does not are refused', async () => {
    const other = grow(chain[5] as Link, 3, 5)
    await withFiles({ one: framed(part(0, 7)), two: framed(other.slice(1)) }, async (root) => {
      await expect(readAll([root])).rejects.toEqual(refusal('bitcoin/broken-chain', /at height 8 does not follow block .* at height 7/))
    })
  })

  it('that do not say their height need it given', async () => {
    const old = [link(null, 1, 0, 1)]
    for (let i = 0; i < 4; i++) old.push(link(old.at(-1) as Link, 1, 0, 1))
    await withFiles({ all: framed(old), tail: framed(old.slice(2)), last: (old[4] as Link).bytes }, async (root) => {
      expect((await readAll([join(root, 'all')])).blocks).toEqual(expected(old, false))
      await expect(readAll([join(root, 'tail')])).rejects.toEqual(refusal('bitcoin/unknown-height', /does not say its height/))
      expect((await readAll([join(root, 'tail')], { height: 3 })).blocks).toEqual(expected(old.slice(2), false))
      expect((await readAll([join(root, 'last')], { height: 5, network: 'regtest' })).blocks).toEqual(expected(old.slice(4), false))
      await withFiles({ other: framed([link(chain[3] as Link, 1, 7, 1)]) }, async (beside) => {
        await expect(readAll([join(root, 'tail'), join(beside, 'other')], { height: 3 })).rejects.toEqual(
          refusal('bitcoin/unknown-height', /./),
        )
      })
    })
  })
})

describe('single blocks', () => {
  const { bytes } = chain[6] as Link
  const one = expected(part(6, 7), false)

  it('are read raw and in hex, with line ends, whatever their names', async () => {
    const digits = bytes.toString('hex')
    const wrapped = `\n${(digits.match(/.{1,64}/g) as string[]).join('\r\n')}\n`
    await withFiles(
      { raw: bytes, 'blk00000.dat': bytes, 'block.csv': digits, upper: digits.toUpperCase(), wrapped: `${digits}\n` },
      async (root) => {
        for (const name of ['raw', 'blk00000.dat', 'block.csv', 'upper', 'wrapped']) {
          const { blocks, sources } = await readAll([join(root, name)], { network: 'regtest' })
          expect(blocks).toEqual(one)
          expect(sources[0]?.format).toBe('bitcoin/raw-block')
        }
        writeFileSync(join(root, 'wrapped'), wrapped)
        expect((await readAll([join(root, 'wrapped')], { network: 'regtest' })).blocks).toEqual(one)
      },
    )
  })

  it('in hex that is cut off or mistyped are refused', async () => {
    const digits = bytes.toString('hex')
    await withFiles(
      { odd: digits.slice(0, -1), wrong: `${digits.slice(0, 400)}x${digits.slice(401)}`, short: digits.slice(0, -2) },
      async (root) => {
        const attempt = (name: string) => readAll([join(root, name)], { network: 'regtest' })
        await expect(attempt('odd')).rejects.toEqual(refusal('bitcoin/bad-hex', /two make a byte/))
        await expect(attempt('wrong')).rejects.toEqual(refusal('bitcoin/bad-hex', /"x" where a hex digit should be \(digit 401\)/))
        await expect(attempt('short')).rejects.toEqual(refusal('bitcoin/truncated-block', /./))
      },
    )
  })

  it('of another network than asked for are refused', async () => {
    await withFiles({ raw: bytes }, async (root) => {
      await expect(readAll([join(root, 'raw')])).rejects.toEqual(refusal('bitcoin/no-proof-of-work', /no block of the main network/))
    })
  })
})

describe('files that cannot be read as blocks', () => {
  const refuses = async (
    files: Readonly<Record<string, string | Uint8Array>>,
    names: readonly string[],
    code: string,
    message: RegExp,
    options = {},
  ): Promise<void> => {
    await withFiles(files, async (root) => {
      await expect(
        readAll(
          names.map((name) => join(root, name)),
          options,
        ),
      ).rejects.toEqual(refusal(code, message))
    })
  }

  it('are refused with what they begin with', async () => {
    await refuses({ 'a.csv': 'block,hash\n1,2\n' }, ['a.csv'], 'bitcoin/no-blocks', /begins with 626c6f63/)
    await refuses({ tiny: 'x' }, ['tiny'], 'bitcoin/no-blocks', /has 1 bytes/)
    await refuses({ signet: framed(part(0, 1), 0x40cf030a) }, ['signet'], 'bitcoin/no-blocks', /begins with 0a03cf40 \(signet\)/)
    await refuses({ zeros: padding }, ['zeros'], 'bitcoin/no-blocks', /begins with 00000000/)
    await refuses({ 'blk00000.dat': padding, 'rev00000.dat': Buffer.alloc(0) }, ['.'], 'bitcoin/no-blocks', /no whole block yet/)
    await refuses({}, ['nothing'], 'bitcoin/no-such-file', /does not exist/)
  })

  it('are refused when they are masked and their key is not there, and the remedy names it', async () => {
    await withFiles({ 'blk00000.dat': masked(folder['blk00000.dat'], KEY) }, async (root) => {
      const error = await readAll([root]).catch((caught: unknown) => caught)
      expect(error).toEqual(refusal('bitcoin/no-blocks', /begins with/))
      expect((error as CordonError).remedy).toMatch(/xor\.dat/)
    })
    await refuses({ ...folder, 'xor.dat': Buffer.alloc(5) }, ['.'], 'bitcoin/bad-key', /has 5 bytes/)
  })

  it('are refused when they are of another network than the others or than was asked for', async () => {
    const main = framed(part(0, 1), 0xd9b4bef9)
    await refuses({ a: framed(part(0, 1)), b: main }, ['a', 'b'], 'bitcoin/wrong-magic', /b is of the main network/)
    await refuses({ a: framed(part(0, 1)) }, ['a'], 'bitcoin/wrong-magic', /of the regtest network, and test was asked for/, {
      network: 'test',
    })
    await refuses(
      { a: Buffer.concat([framed(part(0, 2)), framed(part(2, 3), 0x0709110b)]) },
      ['a'],
      'bitcoin/wrong-magic',
      /has 0b110907 \(test\) at byte \d+, where fabfb5da \(regtest\) is expected/,
    )
  })

  it('are refused where garbage stands between or behind blocks', async () => {
    const [before, after] = [framed(part(0, 2)), framed(part(2, 4))]
    const at = new RegExp(`damaged at byte ${before.length}: deadbeef stands where fabfb5da`)
    await refuses({ a: Buffer.concat([before, Buffer.from('deadbeef00', 'hex'), after]) }, ['a'], 'bitcoin/garbage', at)
    await refuses({ a: Buffer.concat([before, padding, after]) }, ['a'], 'bitcoin/garbage', /damaged/)
    await refuses(
      { a: Buffer.concat([before, u32(0xdab5bffa), u32(5), Buffer.alloc(5, 1)]) },
      ['a'],
      'bitcoin/garbage',
      /5 bytes, fewer than the shortest/,
    )
    await refuses(
      { a: Buffer.concat([before, u32(0xdab5bffa), u32(200), Buffer.alloc(200, 1)]) },
      ['a'],
      'bitcoin/garbage',
      /no header with proof of work/,
    )
    await refuses(
      { a: Buffer.concat([before, u32(0xdab5bffa), u32(0xffff_ffff), Buffer.alloc(200, 1)]) },
      ['a'],
      'bitcoin/truncated-file',
      /4294967295 bytes should follow/,
    )
  })

  it('are refused when they are cut off, except at the end of the newest, where a node may be writing', async () => {
    const whole = folder['blk00001.dat']
    for (const cut of [1, 30, 100]) {
      const short = whole.subarray(0, whole.length - cut)
      await refuses(
        { 'blk00000.dat': folder['blk00000.dat'].subarray(0, -cut), 'blk00001.dat': whole },
        ['.'],
        'bitcoin/truncated-file',
        /blk00000\.dat ends within/,
      )
      await refuses({ 'other.dat': short }, ['other.dat'], 'bitcoin/truncated-file', /./)
      await withFiles({ ...folder, 'blk00001.dat': short }, async (root) => {
        const { blocks, notes } = await readAll([root])
        expect(blocks).toEqual(expected(part(0, 11)))
        expect(notes).toEqual([expect.stringMatching(/blk00001\.dat: what begins at byte \d+ is not complete .* it is left out/)])
      })
    }
    await withFiles({ ...folder, 'blk00001.dat': Buffer.concat([whole, whole.subarray(0, 3)]) }, async (root) => {
      expect((await readAll([root])).notes).toEqual([expect.stringMatching(/not complete/)])
    })
  })

  it('may end in a block of which the rest is not written yet', async () => {
    const whole = folder['blk00001.dat']
    for (const written of [8, 50, 88, 120, (chain[11] as Link).bytes.length - 20]) {
      const kept = whole.length - (chain[11] as Link).bytes.length - 8 + 8 + written - 8
      const partial = Buffer.concat([whole.subarray(0, kept), Buffer.alloc(whole.length - kept), padding])
      await withFiles({ ...folder, 'blk00001.dat': partial }, async (root) => {
        const { blocks, notes } = await readAll([root])
        expect(blocks).toEqual(expected(part(0, 11)))
        expect(notes).toEqual([expect.stringMatching(/not complete/)])
      })
    }
  })

  it('are refused when undo data is given and its blocks are not', async () => {
    await withFiles({ 'rev00000.dat': folder['rev00000.dat'] }, async (root) => {
      await expect(readAll([join(root, 'rev00000.dat')])).rejects.toEqual(
        refusal('bitcoin/undo-without-blocks', /blocks that it is of are not there/),
      )
    })
  })

  it('are refused when a block in them is damaged, after the blocks before it', async () => {
    const damaged = Buffer.from(folder['blk00001.dat'])
    damaged[damaged.length - 5] = (damaged[damaged.length - 5] as number) ^ 1
    await withFiles({ ...folder, 'blk00001.dat': damaged, 'blk00002.dat': framed([link(chain[11] as Link)]) }, async (root) => {
      for (const threads of [0, 1, 2] as const) {
        const incoming = await openBlockFiles([root], { threads })
        const heights: number[] = []
        const reading = (async () => {
          for await (const { height } of incoming.blocks()) heights.push(height)
        })()
        await expect(reading).rejects.toEqual(refusal('bitcoin/bad-merkle-root', /byte \d+ of .*blk00001\.dat/))
        await expect(reading).rejects.toBeInstanceOf(CordonError)
        expect(heights).toEqual(Array.from({ length: 11 }, (_, i) => i + 1))
      }
    })
  })

  it('are refused when they change between the first look and the reading', async () => {
    await withFiles({ a: framed(part(0, 3)) }, async (root) => {
      const path = join(root, 'a')
      const cut = await openBlockFiles([path], { threads: 0 })
      truncateSync(path, 500)
      await expect(drained(cut.blocks())).rejects.toEqual(refusal('bitcoin/file-changed', /shorter/))
      writeFileSync(path, framed(part(0, 3)))
      const grown = await openBlockFiles([path], { threads: 0 })
      appendFileSync(path, framed(part(3, 4)))
      expect(await drained(grown.blocks())).toHaveLength(3)
    })
  })

  it('give a CordonError or the blocks that they hold, however they are damaged', async () => {
    const whole = { 'blk00000.dat': folder['blk00000.dat'], 'rev00000.dat': folder['rev00000.dat'] }
    const known = new Map(expected(part(0, 5)).map((block) => [block.hash, block]))
    const damage = fc.record({
      name: fc.constantFrom('blk00000.dat' as const, 'rev00000.dat' as const),
      at: fc.nat(),
      noise: fc.uint8Array({ maxLength: 12 }),
      cut: fc.option(fc.nat()),
    })
    // On regtest one header in two shows enough work, so a damaged header can be that of another good block: those bytes are spared.
    const headers: number[] = []
    for (let at = 0; at < whole['blk00000.dat'].length; at += 8 + whole['blk00000.dat'].readUInt32LE(at + 4)) headers.push(at + 8)
    const inHeader = (from: number, to: number): boolean => headers.some((start) => from < start + 80 && to > start)
    let refused = 0
    await fc.assert(
      fc.asyncProperty(damage, async ({ name, at, noise, cut }) => {
        const bytes = Buffer.from(whole[name])
        fc.pre(name.startsWith('rev') || !inHeader(at % bytes.length, (at % bytes.length) + noise.length))
        bytes.set(noise.subarray(0, bytes.length - (at % bytes.length)), at % bytes.length)
        await withFiles({ ...whole, [name]: cut === null ? bytes : bytes.subarray(0, cut % bytes.length) }, async (root) => {
          try {
            for (const block of (await readAll([root])).blocks) {
              const honest = known.get(block.hash)
              expect(honest).toBeDefined()
              expect(block.spent === null ? { ...honest, spent: null } : honest).toEqual(block)
            }
          } catch (error) {
            if (!(error instanceof CordonError)) throw error
            refused++
          }
        })
      }),
      { numRuns: 200 },
    )
    expect(refused).toBeGreaterThan(20)
  })
})

describe('threads', () => {
  const long = grow(null, 60)
  const files = {
    'blk00000.dat': framed(long.slice(0, 30)),
    'rev00000.dat': undone(long.slice(0, 30)),
    'blk00001.dat': framed(long.slice(30)),
  }

  it('change nothing in what is read', async () => {
    await withFiles(files, async (root) => {
      const none = await readAll([root], { threads: 0 })
      expect(none.blocks).toHaveLength(60)
      for (const threads of [1, 2] as const) expect(await readAll([root], { threads })).toEqual(none)
    })
  })

  it('are stopped by a signal, which is what reading then throws', async () => {
    await withFiles(files, async (root) => {
      for (const threads of [0, 1, 2] as const) {
        const stop = new AbortController()
        const incoming = await openBlockFiles([root], { threads, signal: stop.signal })
        let seen = 0
        const reading = (async () => {
          for await (const _ of incoming.blocks()) if (++seen === 5) stop.abort(new Error('enough'))
        })()
        await expect(reading).rejects.toThrow('enough')
        expect(seen).toBe(5)
        await expect(openBlockFiles([root], { threads, signal: stop.signal })).rejects.toThrow('enough')
      }
    })
  })

  it('end when the reader stops or closes', async () => {
    await withFiles(files, async (root) => {
      const stopped = await openBlockFiles([root], { threads: 2 })
      for await (const block of stopped.blocks()) if (block.height === 3) break
      await stopped.close()
      const closed = await openBlockFiles([root], { threads: 1 })
      const blocks = closed.blocks()[Symbol.asyncIterator]()
      await blocks.next()
      await closed.close()
      await expect(blocks.next()).rejects.toThrow('closed')
      const once = await openBlockFiles([root], { threads: 0 })
      await drained(once.blocks())
      await expect(drained(once.blocks())).rejects.toThrow('once')
    })
  })

  it('report how far they are', async () => {
    await withFiles(files, async (root) => {
      const seen: string[] = []
      await readAll([root], { threads: 1, progress: ({ phase, done, total }) => seen.push(`${phase} ${done}/${total}`) })
      expect(seen[0]).toBe('reading headers 0/2')
      expect(seen.at(-1)).toBe('reading 60/60')
    })
  })
})

describe('a path', () => {
  it('is a source of blocks by its content', async () => {
    await withFiles(
      { ...folder, 'raw.bin': (chain[0] as Link).bytes, 'a.csv': `${'x'.repeat(71)} y ~ ${'z'.repeat(100)}`, 'sub/b.csv': 'a,b\n' },
      async (root) => {
        expect(isBlockSource(root)).toBe(true)
        for (const name of ['blk00000.dat', 'rev00000.dat', 'raw.bin']) expect(isBlockSource(join(root, name))).toBe(true)
        for (const name of ['a.csv', 'sub', 'sub/b.csv', 'none']) expect(isBlockSource(join(root, name))).toBe(false)
        expect(readFileSync(join(root, 'a.csv'), 'latin1').charCodeAt(75)).toBe(0x20)
      },
    )
  })
})
