import { FAMILIES, type Family, listedAsset } from './assets.ts'

/** Something that was done to a text, or that a person should know of the address in it. Codes are stable; `text` is the particular, in English. */
export interface WalletNote {
  readonly code: WalletNoteCode
  readonly text: string
}

export type WalletNoteCode =
  | 'spaces-stripped'
  | 'invisible-stripped'
  | 'compatibility-characters'
  | 'uri-opened'
  | 'tag-left-out'
  | 'prefix-missing'
  | 'bad-eip55-checksum'
  | 'checksum-not-checked'
  | 'asset-unknown'
  | 'asset-mismatch'
  | 'test-network'
  | 'opaque'

/** Why a text is no address. `text` says where and what would be right. */
export interface WalletFault {
  readonly code: WalletFaultCode
  readonly text: string
}

export type WalletFaultCode =
  | 'empty'
  | 'too-long'
  | 'look-alike'
  | 'inner-space'
  | 'name-not-address'
  | 'wrong-length'
  | 'bad-checksum'
  | 'mixed-case'
  | 'not-an-address'

/** The address within a text, before anything is known of its chain. */
export interface BareText {
  /** ASCII without spaces unless `fault` says otherwise. */
  readonly text: string
  /** Families that a URI scheme or a CAIP-10 id around it names, or null. */
  readonly named: readonly Family[] | null
  readonly notes: readonly WalletNote[]
  readonly fault: WalletFault | null
}

/** Longer than any payment URI that wallets write. */
const MOST_CHARACTERS = 2_000

/** Characters without a shape: format characters (zero-width, joiners, directions), variation selectors, fillers, and control characters that are no space. */
const INVISIBLE = /\p{Cf}|(?!\s)\p{Cc}|\p{Variation_Selector}|\u{34f}|\u{115f}|\u{1160}|\u{17b4}|\u{17b5}|\u{3164}|\u{ffa0}/gu

/** Takes off what may stand around an address: spaces, invisible characters, full-width forms, `ethereum:0x…@1`, `bitcoin:…?amount=`, `eip155:1:0x…`. */
export function bareText(given: string): BareText {
  const notes: WalletNote[] = []
  const note = (code: WalletNoteCode, text: string) => notes.push({ code, text })
  if (given.length > MOST_CHARACTERS) {
    return {
      text: '',
      named: null,
      notes,
      fault: { code: 'too-long', text: `${given.length} characters; no address has more than ${MOST_CHARACTERS}` },
    }
  }
  let text = given
  const visible = text.replace(INVISIBLE, '')
  if (visible !== text) note('invisible-stripped', `${[...text].length - [...visible].length} invisible characters were left out`)
  text = visible.trim()
  if (text !== visible) note('spaces-stripped', 'spaces around the address were left out')
  const compatible = text.normalize('NFKC')
  if (compatible !== text) note('compatibility-characters', 'full-width or styled characters were read as the plain ones')
  text = compatible
  const around = opened(text)
  if (around.text !== text) note('uri-opened', `taken out of ${text.slice(0, text.indexOf(around.text))}…`)
  if (around.tag !== null) note('tag-left-out', `what stands behind the address was left out: ${around.tag.slice(0, 100)}`)
  text = around.text
  return { text, named: around.named, notes, fault: characterFault(text) }
}

interface Around {
  readonly text: string
  readonly named: readonly Family[] | null
  readonly tag: string | null
}

/** CAIP-2 references of bip122: the first 32 hex digits of the genesis block, or of the block at a fork. */
const BIP122: Readonly<Record<string, Family>> = {
  '000000000019d6689c085ae165831e93': 'btc',
  '000000000933ea01ad0ee984209779ba': 'btc-test',
  '000000000000000000651ef99cb9fcbe': 'bch',
  '12a765e31ffd4059bada1e25190f6e98': 'ltc',
  '1a91e3dace36e2be3bf030a65679fe82': 'doge',
}

const NAMESPACES: Readonly<Record<string, Family>> = {
  eip155: 'evm',
  solana: 'sol',
  tron: 'tron',
  cosmos: 'bech32',
  xrpl: 'xrp',
  cip34: 'ada',
}

function opened(text: string): Around {
  const caip = /^([-a-z0-9]{3,8}):([-_a-zA-Z0-9]{1,32}):([-.%a-zA-Z0-9]{1,128})$/.exec(text)
  if (caip !== null) {
    const [, namespace = '', reference = '', address = ''] = caip
    const family = namespace === 'bip122' ? BIP122[reference] : NAMESPACES[namespace]
    return { text: address, named: family === undefined ? null : [family], tag: null }
  }
  const uri = /^(?:web\+)?([a-z][a-z0-9-]*):(?:\/\/)?(.+)$/i.exec(text)
  const named = uri === null ? null : schemeFamilies(uri[1] as string)
  if (uri === null || named === null) {
    // A destination tag, as exchanges of XRP write it behind the address.
    const tagged = /^([1-9A-HJ-NP-Za-km-z]{25,60})(:\d{1,10}|\?[\x21-\x7e]*)$/.exec(text)
    return tagged === null ? { text, named: null, tag: null } : { text: tagged[1] as string, named: null, tag: tagged[2] as string }
  }
  const rest = (uri[2] as string).replace(/^pay-/, '')
  // ERC-681: a token transfer names the token's contract first and the receiver as a parameter.
  const receiver = /^[^?]*\/transfer\?(?:.*&)?address=([^&]+)/.exec(rest)?.[1]
  if (receiver !== undefined) return { text: receiver, named, tag: rest.replace(receiver, '…') }
  const [address = '', ...behind] = rest.split(/(?=[@/?#:])/)
  return { text: address, named, tag: behind.length === 0 ? null : behind.join('') }
}

/** Schemes are names of coins (BIP 21 and its likes), their codes, or our own names of families. */
function schemeFamilies(scheme: string): readonly Family[] | null {
  const lower = scheme.toLowerCase()
  const family = FAMILIES.find((each) => each === lower)
  return family === undefined ? (listedAsset(scheme)?.families ?? null) : [family]
}

function characterFault(text: string): WalletFault | null {
  if (text === '') return { code: 'empty', text: 'nothing is left of the text' }
  let at = 0
  for (const character of text) {
    at++
    const code = character.codePointAt(0) as number
    if (/\s/u.test(character)) return { code: 'inner-space', text: `a space as character ${at}: one address at a time` }
    if (code > 0x7e || code < 0x21) {
      const point = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
      return {
        code: 'look-alike',
        text: `character ${at} is ${point}${script(character)}, which no address holds: copied text may imitate an address; take it from its source`,
      }
    }
  }
  return null
}

function script(character: string): string {
  if (/\p{Script=Cyrillic}/u.test(character)) return ' (Cyrillic)'
  if (/\p{Script=Greek}/u.test(character)) return ' (Greek)'
  if (/\p{Script=Armenian}/u.test(character)) return ' (Armenian)'
  if (/\p{Script=Cherokee}/u.test(character)) return ' (Cherokee)'
  return ''
}
