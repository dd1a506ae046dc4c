import type { Phrases } from '../codes.ts'

/** What reached a wallet. {party} is whom a list names at an address, {account}. */
export const EXPOSURE_PHRASES = {
  title: {
    en: 'What reached {wallet}, by the ledger of {chain} from {first} to {last} ({policy}, at most {hops} hops back):',
    fr: 'Ce qui a atteint {wallet}, d’après le registre de {chain} du {first} au {last} ({policy}, {hops} sauts en arrière au plus) :',
    ko: '{chain} 원장({first}–{last})으로 본 {wallet} 유입 경로({policy}, 최대 {hops}단계 역추적):',
    ja: '{chain} の台帳（{first}～{last}）による {wallet} への流入（{policy}、最大 {hops} ホップ遡及）：',
  },
  'not-in-ledger': {
    en: 'The ledger of {chain} from {first} to {last} holds no transfer of {wallet}: nothing can be said of what reached it.',
    fr: 'Le registre de {chain} du {first} au {last} ne contient aucun transfert de {wallet} : rien ne peut être dit de ce qui l’a atteint.',
    ko: '{chain} 원장({first}–{last})에 {wallet}의 거래가 없음: 유입 경로에 대해 아무것도 말할 수 없음.',
    ja: '{chain} の台帳（{first}～{last}）に {wallet} の移転がない：流入については何も言えない。',
  },
  direct: {
    en: 'Listed addresses that dealt with it directly:',
    fr: 'Adresses inscrites qui ont traité directement avec lui :',
    ko: '직접 거래한 명단 등재 주소:',
    ja: '直接取引したリスト掲載アドレス：',
  },
  'no-direct': {
    en: 'No listed address dealt with it directly.',
    fr: 'Aucune adresse inscrite n’a traité directement avec lui.',
    ko: '직접 거래한 명단 등재 주소 없음.',
    ja: '直接取引したリスト掲載アドレスはない。',
  },
  received: {
    en: 'received {amount} from {account}: {party}; transactions: {count}',
    fr: 'reçu {amount} de {account} : {party} ; transactions : {count}',
    ko: '{account}에서 {amount} 받음: {party}; 거래 {count}건',
    ja: '{account} から {amount} を受領：{party}；取引 {count} 件',
  },
  sent: {
    en: 'sent {amount} to {account}: {party}; transactions: {count}',
    fr: 'envoyé {amount} à {account} : {party} ; transactions : {count}',
    ko: '{account}(으)로 {amount} 보냄: {party}; 거래 {count}건',
    ja: '{account} へ {amount} を送付：{party}；取引 {count} 件',
  },
  mixes: {
    en: 'CoinJoins among them, in which being together says little: {count}',
    fr: 'dont CoinJoins, où figurer ensemble dit peu : {count}',
    ko: '그중 함께 있다는 사실이 큰 의미가 없는 코인조인: {count}건',
    ja: 'うちコインジョイン（同席してもあまり意味はない）：{count} 件',
  },
  asset: {
    en: '{reached} reached it. Led back to listed addresses: {share}. Came out of swaps: {swapped}.',
    fr: '{reached} l’ont atteint. Ramené à des adresses inscrites : {share}. Issu d’échanges : {swapped}.',
    ko: '{reached} 유입. 명단 등재 주소로 이어지는 몫: {share}. 교환에서 나온 몫: {swapped}.',
    ja: '{reached} が流入。リスト掲載アドレスに遡る割合：{share}。交換から出た割合：{swapped}。',
  },
  source: {
    en: '{share} ({amount}) from {account}: {party}; hops: {hops}, transactions: {count}',
    fr: '{share} ({amount}) de {account} : {party} ; sauts : {hops}, transactions : {count}',
    ko: '{account}에서 {share}({amount}): {party}; {hops}단계, 거래 {count}건',
    ja: '{account} から {share}（{amount}）：{party}；{hops} ホップ、取引 {count} 件',
  },
  'only-in-swap': {
    en: '{account}: {party}; it stood on the other side of a swap, and no amount is its own; hops: {hops}, transactions: {count}',
    fr: '{account} : {party} ; de l’autre côté d’un échange, aucun montant n’est le sien ; sauts : {hops}, transactions : {count}',
    ko: '{account}: {party}; 교환의 상대편이었고 고유 금액은 없음; {hops}단계, 거래 {count}건',
    ja: '{account}：{party}；交換の相手方であり、固有の金額はない；{hops} ホップ、取引 {count} 件',
  },
  stop: {
    en: '{share} ({amount}) from {label} ({kind}), where the trace stopped: whose it was is not told apart there',
    fr: '{share} ({amount}) de {label} ({kind}), où la trace s’est arrêtée : on n’y distingue pas à qui c’était',
    ko: '{label}({kind})에서 {share}({amount}): 여기서 추적이 멈춤, 누구의 것이었는지 구별되지 않음',
    ja: '{label}（{kind}）から {share}（{amount}）：ここで追跡は止まり、誰のものかは区別されない',
  },
  origin: {
    en: '{share} ({amount}): origin not known, held before anything that the ledger tells',
    fr: '{share} ({amount}) : origine inconnue, détenu avant tout ce que dit le registre',
    ko: '{share}({amount}): 출처 미상, 원장의 기록 이전부터 보유',
    ja: '{share}（{amount}）：出所不明、台帳の記録より前から保有',
  },
  'not-followed': {
    en: '{amount} at {count} accounts not followed: {reason}',
    fr: '{amount} à {count} comptes non suivis : {reason}',
    ko: '{count}개 계정의 {amount} 추적하지 않음: {reason}',
    ja: '{count} 口座の {amount} は追跡せず：{reason}',
  },
  'other-ways': {
    en: 'the ways of the others stand in the JSON: {count}',
    fr: 'les chemins des autres figurent dans le JSON : {count}',
    ko: '나머지 경로는 JSON에 있음: {count}건',
    ja: 'その他の経路は JSON にある：{count} 件',
  },
  'no-source': {
    en: 'Nothing of it that was followed leads back to a listed address. This does not clear anybody.',
    fr: 'Rien de ce qui a été suivi ne ramène à une adresse inscrite. Cela ne vaut pas mise hors de cause.',
    ko: '추적한 범위에서 명단 등재 주소로 이어지는 것 없음. 문제가 없다는 확인은 아님.',
    ja: '追跡した範囲でリスト掲載アドレスに遡るものはない。問題がないことの証明ではない。',
  },
  'same-key': {
    en: 'another address of the same key',
    fr: 'une autre adresse de la même clé',
    ko: '같은 키의 다른 주소',
    ja: '同じ鍵の別アドレス',
  },
  headline: {
    en: 'EXPOSED: listed parties dealt with this wallet or stand behind what reached it ({direct} directly, {sources} sources; see below).',
    fr: 'EXPOSÉ : des parties inscrites ont traité avec ce portefeuille ou sont à l’origine de ce qui l’a atteint ({direct} directement, {sources} sources ; voir plus bas).',
    ko: '노출됨: 명단에 있는 자가 이 지갑과 직접 거래했거나 유입 자금의 출처임(직접 {direct}건, 출처 {sources}건, 아래 참조).',
    ja: 'エクスポージャーあり：リスト掲載者がこのウォレットと直接取引したか、流入資金の出所である（直接 {direct} 件、出所 {sources} 件、下記参照）。',
  },
  'not-looked-at': { en: 'Not looked at:', fr: 'Ce qui n’a pas été examiné :', ko: '살펴보지 않은 것:', ja: '調べていないもの：' },
  'asset-not-traced': {
    en: '{asset}: not traced; receipts: {count}',
    fr: '{asset} : non tracé ; réceptions : {count}',
    ko: '{asset}: 추적하지 않음; 수취 {count}건',
    ja: '{asset}：追跡せず；受領 {count} 件',
  },
} as const satisfies Record<string, Phrases>
