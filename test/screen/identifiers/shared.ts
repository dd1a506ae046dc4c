import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { emptyEntry, type IdentifierKind, type ListEntry } from '../../../src/screen/lists/entry.ts'

/** A file or folder of the shared test data beside the repository. */
export function shared(path: string): string {
  return fileURLToPath(new URL(`../../../../shared/data/${path}`, import.meta.url))
}

/** Whether tests on real data can run; says what is skipped when they cannot. */
export function hasShared(path: string): boolean {
  const there = existsSync(shared(path))
  if (!there) process.stderr.write(`skipped: tests on ${path}, the shared data is not on this machine\n`)
  return there
}

export const OFAC_WALLETS = 'lists/ofac_wallets_2024-09-27'

/** Every wallet of OFAC's files, with the asset that the file's name gives. */
export function ofacWallets(): { readonly asset: string; readonly address: string }[] {
  return readdirSync(shared(OFAC_WALLETS))
    .sort()
    .flatMap((file) => {
      const asset = /_([A-Z]+)\.txt$/.exec(file)?.[1] as string
      const lines = readFileSync(`${shared(OFAC_WALLETS)}/${file}`, 'utf8')
        .trim()
        .split('\n')
      return lines.map((address) => ({ asset, address }))
    })
}

function bare(id: string): ListEntry {
  return emptyEntry('test', id, 'unknown', [], '', { file: 'test', line: null })
}

/** Numbered entries of one wallet each. */
export function walletEntries(...wallets: readonly (readonly [asset: string, address: string])[]): [number, ListEntry][] {
  return wallets.map(([asset, address], k) => [k, { ...bare(String(k)), wallets: [{ asset, address }] }])
}

/** Numbered entries of one identifier each. */
export function identifierEntries(
  ...identifiers: readonly (readonly [kind: IdentifierKind, value: string, country?: string])[]
): [number, ListEntry][] {
  return identifiers.map(([kind, value, country], k) => [
    k,
    {
      ...bare(String(k)),
      identifiers: [
        { kind, value, country: country === undefined ? null : { code: country, text: country }, issued: null, expires: null, note: null },
      ],
    },
  ])
}
