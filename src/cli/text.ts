import { type Asset, type AssetId, formatDecimal } from '../chain/index.ts'

/** `1234567` as `1,234,567`. */
export function count(value: number | bigint): string {
  return value.toLocaleString('en-US')
}

/** `1 version`, `1,234 versions`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** Seconds as `48 s`, `1 min 13 s`, `2 h 05 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`
}

/** Seconds since 1970 as `2022-06-23 11:06:46 UTC`. */
export function time(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('T', ' ').replace('.000Z', ' UTC')
}

/** Base units as people write them, to the last digit: `1,234.5`; the bare integer where decimals are unknown. */
export function decimal(units: bigint | string, { decimals }: Pick<Asset, 'decimals'>): string {
  const [whole = '', fraction] = formatDecimal(BigInt(units), decimals ?? 0).split('.')
  const sign = whole === '-0' ? '-' : ''
  return `${sign}${count(BigInt(whole))}${fraction === undefined ? '' : `.${fraction}`}`
}

/** Finds an asset by id among those of a ledger or a trace; unknown ones are shown in base units. */
export function assetNamed(
  assets: readonly Pick<Asset, 'id' | 'decimals' | 'symbol'>[],
  id: AssetId,
): Pick<Asset, 'id' | 'decimals' | 'symbol'> {
  return assets.find((asset) => asset.id === id) ?? { id, decimals: null, symbol: null }
}

/** Rows as aligned columns; numbers are aligned by the caller's choice of `right`. Control characters of hostile names are made visible. */
export function table(header: readonly string[], rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const cells = [header, ...rows].map((row) => row.map(printable))
  const widths = header.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)))
  return cells
    .map((row) =>
      row
        .map((cell, i) => (right.includes(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Text from outside without what could move a terminal's cursor or turn its text around: C0, C1 and bidirectional controls become `\u{…}`. */
export function printable(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (c) => `\\u{${(c.codePointAt(0) as number).toString(16)}}`,
  )
}

/** `Name: value` lines with the values under each other. */
export function facts(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length)) + 1
  return pairs.map(([name, value]) => `${`${name}:`.padEnd(width)} ${printable(value)}`).join('\n')
}
