import type { WalletRelation } from '../../identifiers/index.ts'
import type { Phrases } from '../codes.ts'

/** How a wallet met the list. */
export const WALLET_PHRASES = {
  'wallet-address': {
    en: 'this very address is listed: {l}',
    fr: 'cette adresse est elle-même inscrite : {l}',
    ko: '바로 이 주소가 명단에 있음: {l}',
    ja: 'このアドレスそのものがリストにある：{l}',
  },
  'wallet-other-reading': {
    en: 'nothing says on which chain “{q}” is meant; on the listed chain it is the listed address: {l}',
    fr: 'rien n’indique à quelle chaîne se rapporte « {q} » ; sur la chaîne de la liste, c’est l’adresse inscrite : {l}',
    ko: '“{q}”이(가) 어느 체인의 주소인지 알 수 없으나, 명단에 적힌 체인에서는 명단의 주소와 같음: {l}',
    ja: '「{q}」がどのチェーンのアドレスかは不明だが、リストのチェーンではリストのアドレスと一致する：{l}',
  },
  'wallet-same-key': {
    en: 'another address of the same key or script is listed: {l}',
    fr: 'une autre adresse de la même clé ou du même script est inscrite : {l}',
    ko: '같은 키 또는 스크립트의 다른 주소가 명단에 있음: {l}',
    ja: '同じ鍵またはスクリプトの別アドレスがリストにある：{l}',
  },
  'wallet-as-written': {
    en: 'it is no valid address, but the list has the same text: {l}',
    fr: 'ce n’est pas une adresse valide, mais la liste porte le même texte : {l}',
    ko: '유효한 주소는 아니나 명단에 같은 문자열이 있음: {l}',
    ja: '有効なアドレスではないが、リストに同じ文字列がある：{l}',
  },
} as const satisfies Record<`wallet-${WalletRelation}`, Phrases>
