import type { WalletRelation } from '../identifiers/index.ts'
import type { KoreanRule } from '../korean/index.ts'
import type { Hit, ScreenAnswer } from '../match/answer.ts'
import type { EvidenceRule } from '../match/evidence.ts'
import type { RuleCode, UnmatchedCode, WholeCode } from '../names/index.ts'
import type { Language } from './codes.ts'

/** A rule without a phrase in one of the languages, or a phrase of no rule, is an error of the type check. */
type Phrases = Readonly<Record<Language, string>>

/** What each rule of the Korean comparison says. {q} is the query's text, {l} the list's. */
export const KOREAN_PHRASES = {
  'korean-name': {
    en: '“{q}” and “{l}” are spellings of one Korean name, compared syllable by syllable',
    fr: '« {q} » et « {l} » sont deux graphies d’un même nom coréen, comparées syllabe par syllabe',
    ko: '“{q}”와(과) “{l}”은(는) 같은 한국어 이름의 표기임(음절 단위 비교)',
    ja: '「{q}」と「{l}」は同じ韓国・朝鮮人名の表記（音節ごとに比較）',
  },
  'same-syllable': {
    en: '“{q}” = “{l}”: same syllable',
    fr: '« {q} » = « {l} » : même syllabe',
    ko: '“{q}” = “{l}”: 같은 음절',
    ja: '「{q}」＝「{l}」：同じ音節',
  },
  'initial-sound': {
    en: '“{q}” = “{l}”: initial-sound rule (ㄹ and ㄴ fall away or change at the beginning of a word in the South)',
    fr: '« {q} » = « {l} » : règle du son initial (au Sud, ㄹ et ㄴ tombent ou changent en début de mot)',
    ko: '“{q}” = “{l}”: 두음법칙(남측 표기에서 어두의 ㄹ·ㄴ이 바뀌거나 없어짐)',
    ja: '「{q}」＝「{l}」：頭音法則（韓国の表記では語頭のㄹ・ㄴが脱落または変化する）',
  },
  'initial-sound-inside': {
    en: '“{q}” ~ “{l}”: initial-sound rule inside a given name',
    fr: '« {q} » ~ « {l} » : règle du son initial à l’intérieur du prénom',
    ko: '“{q}” ~ “{l}”: 이름 안에서 적용된 두음법칙',
    ja: '「{q}」～「{l}」：名の途中での頭音法則',
  },
  'loose-spelling': {
    en: '“{q}” ~ “{l}”: spelling outside the romanisation systems, as people use it',
    fr: '« {q} » ~ « {l} » : graphie d’usage, hors des systèmes de transcription',
    ko: '“{q}” ~ “{l}”: 로마자 표기법을 따르지 않은 관용 표기',
    ja: '「{q}」～「{l}」：ローマ字表記法によらない慣用つづり',
  },
  assimilated: {
    en: '“{q}” ~ “{l}”: written as pronounced before the next consonant',
    fr: '« {q} » ~ « {l} » : écrit comme il se prononce devant la consonne suivante',
    ko: '“{q}” ~ “{l}”: 뒤 자음에 동화된 발음대로 적음',
    ja: '「{q}」～「{l}」：次の子音に同化した発音どおりの表記',
  },
  aspirated: {
    en: '“{q}” ~ “{l}”: plain and aspirated consonants exchanged',
    fr: '« {q} » ~ « {l} » : consonne simple et consonne aspirée échangées',
    ko: '“{q}” ~ “{l}”: 예사소리와 거센소리가 바뀜',
    ja: '「{q}」～「{l}」：平音と激音の入れ替わり',
  },
  'near-vowel': {
    en: '“{q}” ~ “{l}”: neighbouring vowel, a slip of hearing or typing',
    fr: '« {q} » ~ « {l} » : voyelle voisine, mal entendue ou mal tapée',
    ko: '“{q}” ~ “{l}”: 비슷한 모음(잘못 듣거나 잘못 입력함)',
    ja: '「{q}」～「{l}」：近い母音（聞き違い・打ち違い）',
  },
  'coda-slip': {
    en: '“{q}” ~ “{l}”: final consonant left out or mistyped',
    fr: '« {q} » ~ « {l} » : consonne finale omise ou mal tapée',
    ko: '“{q}” ~ “{l}”: 받침이 빠졌거나 잘못 적힘',
    ja: '「{q}」～「{l}」：終声（パッチム）の脱落または誤入力',
  },
  order: {
    en: 'family name and given name stand in the other order',
    fr: 'le nom de famille et le prénom sont inversés',
    ko: '성과 이름의 순서가 바뀜',
    ja: '姓と名の順序が逆',
  },
  'chinese-reading': {
    en: '“{q}” / “{l}”: one of them is the Chinese reading (pinyin) of the Han characters',
    fr: '« {q} » / « {l} » : l’un des deux est la lecture chinoise (pinyin) des caractères han',
    ko: '“{q}” / “{l}”: 한쪽은 한자의 중국어 독음(병음)',
    ja: '「{q}」／「{l}」：一方は漢字の中国語読み（ピンイン）',
  },
  'run-together': {
    en: 'family name and given name are written as one word',
    fr: 'le nom et le prénom sont écrits en un seul mot',
    ko: '성과 이름을 한 단어로 적음',
    ja: '姓と名を一語で表記',
  },
  'no-family-name': {
    en: 'one of the names has no family name',
    fr: 'l’un des noms est sans nom de famille',
    ko: '한쪽 이름에 성이 없음',
    ja: '一方の名前に姓がない',
  },
} as const satisfies Record<'korean-name' | KoreanRule, Phrases>

/** What each piece of evidence beside the name says. */
export const EVIDENCE_PHRASES = {
  'birth-same-day': {
    en: 'the birth date agrees: {q}',
    fr: 'la date de naissance concorde : {q}',
    ko: '생년월일이 일치함: {q}',
    ja: '生年月日が一致：{q}',
  },
  'birth-overlaps': {
    en: 'the birth dates are compatible: {q}, on the list {l}',
    fr: 'les dates de naissance sont compatibles : {q}, sur la liste {l}',
    ko: '생년월일이 모순되지 않음: {q}, 명단 {l}',
    ja: '生年月日は矛盾しない：{q}、リスト {l}',
  },
  'birth-near': {
    en: 'the birth dates differ by little, perhaps a slip: {q}, on the list {l}',
    fr: 'les dates de naissance diffèrent de peu, peut-être une erreur : {q}, sur la liste {l}',
    ko: '생년월일이 조금 다름(오기일 수 있음): {q}, 명단 {l}',
    ja: '生年月日がわずかに異なる（誤記の可能性）：{q}、リスト {l}',
  },
  'birth-years-apart': {
    en: 'the birth dates contradict each other: {q}, on the list {l}',
    fr: 'les dates de naissance se contredisent : {q}, sur la liste {l}',
    ko: '생년월일이 맞지 않음: {q}, 명단 {l}',
    ja: '生年月日が一致しない：{q}、リスト {l}',
  },
  'birth-far-apart': {
    en: 'the birth dates contradict each other by many years: {q}, on the list {l}',
    fr: 'les dates de naissance se contredisent de nombreuses années : {q}, sur la liste {l}',
    ko: '생년월일이 여러 해 차이로 맞지 않음: {q}, 명단 {l}',
    ja: '生年月日が何年も食い違う：{q}、リスト {l}',
  },
  'birth-missing': {
    en: 'no birth date to compare',
    fr: 'pas de date de naissance à comparer',
    ko: '비교할 생년월일이 없음',
    ja: '比較できる生年月日がない',
  },
  'country-same': {
    en: 'nationality, flag or country agrees: {q}',
    fr: 'la nationalité, le pavillon ou le pays concorde : {q}',
    ko: '국적·선적·국가가 일치함: {q}',
    ja: '国籍・船籍・国が一致：{q}',
  },
  'country-other': {
    en: 'nationality, flag or country differs: {q}, on the list {l}',
    fr: 'la nationalité, le pavillon ou le pays diffère : {q}, sur la liste {l}',
    ko: '국적·선적·국가가 다름: {q}, 명단 {l}',
    ja: '国籍・船籍・国が異なる：{q}、リスト {l}',
  },
  'country-missing': {
    en: 'no nationality, flag or country to compare',
    fr: 'pas de nationalité, de pavillon ou de pays à comparer',
    ko: '비교할 국적·선적·국가가 없음',
    ja: '比較できる国籍・船籍・国がない',
  },
  'sex-same': { en: 'sex agrees: {q}', fr: 'le sexe concorde : {q}', ko: '성별이 일치함: {q}', ja: '性別が一致：{q}' },
  'sex-other': {
    en: 'the sex differs: {q}, on the list {l}',
    fr: 'le sexe diffère : {q}, sur la liste {l}',
    ko: '성별이 다름: {q}, 명단 {l}',
    ja: '性別が異なる：{q}、リスト {l}',
  },
  'sex-missing': { en: 'no sex to compare', fr: 'pas de sexe à comparer', ko: '비교할 성별이 없음', ja: '比較できる性別がない' },
  'paper-same': {
    en: 'the same document or registration number: {q}',
    fr: 'le même numéro de document ou d’immatriculation : {q}',
    ko: '같은 문서·등록 번호: {q}',
    ja: '同じ文書・登録番号：{q}',
  },
  'paper-missing': {
    en: 'the list has no document number to compare',
    fr: 'la liste n’a pas de numéro de document à comparer',
    ko: '명단에 비교할 문서 번호가 없음',
    ja: 'リストに比較できる文書番号がない',
  },
  'kind-other': {
    en: 'asked for: {q}; the entry is: {l}',
    fr: 'recherché : {q} ; inscrit : {l}',
    ko: '조회 대상은 {q}, 명단 항목은 {l}',
    ja: '照会対象は {q}、リストの項目は {l}',
  },
  'kind-unknown': {
    en: 'the list does not say whether the entry is a person',
    fr: 'la liste ne dit pas si l’inscription est une personne',
    ko: '명단에 항목이 개인인지 밝혀져 있지 않음',
    ja: 'リストは項目が個人かどうかを示していない',
  },
  'weak-alias': {
    en: 'the name matched is a weak alias, which does not alert by itself',
    fr: 'le nom concordant est un alias faible, qui ne déclenche pas d’alerte à lui seul',
    ko: '일치한 이름은 약한 별칭이며, 그것만으로는 경보를 내지 않음',
    ja: '一致した名前は弱い別名であり、それだけではアラートとしない',
  },
} as const satisfies Record<EvidenceRule | 'weak-alias', Phrases>

/** What each rule of the word comparison says. Empty texts mean that the word stands on the other side alone. */
export const WORD_PHRASES = {
  exact: { en: '“{q}” = “{l}”', fr: '« {q} » = « {l} »', ko: '“{q}” = “{l}”', ja: '「{q}」＝「{l}」' },
  'other-script': {
    en: '“{q}” = “{l}”: the same word in another script',
    fr: '« {q} » = « {l} » : le même mot dans une autre écriture',
    ko: '“{q}” = “{l}”: 다른 문자로 쓴 같은 말',
    ja: '「{q}」＝「{l}」：別の文字で書かれた同じ語',
  },
  transliteration: {
    en: '“{q}” ~ “{l}”: another romanisation',
    fr: '« {q} » ~ « {l} » : autre transcription',
    ko: '“{q}” ~ “{l}”: 다른 로마자 표기',
    ja: '「{q}」～「{l}」：別のローマ字表記',
  },
  'korean-spelling': {
    en: '“{q}” ~ “{l}”: the same Korean syllables in another romanisation',
    fr: '« {q} » ~ « {l} » : les mêmes syllabes coréennes dans une autre romanisation',
    ko: '“{q}” ~ “{l}”: 같은 한국어 음절의 다른 로마자 표기',
    ja: '「{q}」～「{l}」：同じ朝鮮語音節の別のローマ字表記',
  },
  'han-variant': {
    en: '“{q}” = “{l}”: variant forms of the same Han characters',
    fr: '« {q} » = « {l} » : variantes des mêmes caractères han',
    ko: '“{q}” = “{l}”: 같은 한자의 이체자',
    ja: '「{q}」＝「{l}」：同じ漢字の異体字',
  },
  consonants: {
    en: '“{q}” ~ “{l}”: the same consonants; one script does not write the vowels',
    fr: '« {q} » ~ « {l} » : mêmes consonnes ; l’une des écritures n’écrit pas les voyelles',
    ko: '“{q}” ~ “{l}”: 자음이 같음(한쪽 문자는 모음을 적지 않음)',
    ja: '「{q}」～「{l}」：子音が同じ（一方の文字は母音を書かない）',
  },
  vowels: {
    en: '“{q}” ~ “{l}”: the same consonants, other vowels',
    fr: '« {q} » ~ « {l} » : mêmes consonnes, autres voyelles',
    ko: '“{q}” ~ “{l}”: 자음은 같고 모음이 다름',
    ja: '「{q}」～「{l}」：子音は同じ、母音が異なる',
  },
  phonetic: {
    en: '“{q}” ~ “{l}”: sounds alike',
    fr: '« {q} » ~ « {l} » : prononciation proche',
    ko: '“{q}” ~ “{l}”: 소리가 비슷함',
    ja: '「{q}」～「{l}」：発音が似ている',
  },
  typo: {
    en: '“{q}” ~ “{l}”: a letter or two differ',
    fr: '« {q} » ~ « {l} » : une ou deux lettres diffèrent',
    ko: '“{q}” ~ “{l}”: 철자 한두 자가 다름',
    ja: '「{q}」～「{l}」：1～2文字が異なる',
  },
  'swapped-letters': {
    en: '“{q}” ~ “{l}”: neighbouring letters exchanged',
    fr: '« {q} » ~ « {l} » : lettres voisines interverties',
    ko: '“{q}” ~ “{l}”: 이웃한 글자의 순서가 바뀜',
    ja: '「{q}」～「{l}」：隣り合う文字の入れ替わり',
  },
  initial: {
    en: '“{q}” ~ “{l}”: an initial',
    fr: '« {q} » ~ « {l} » : une initiale',
    ko: '“{q}” ~ “{l}”: 머리글자',
    ja: '「{q}」～「{l}」：頭文字',
  },
  'given-name': {
    en: '“{q}” ~ “{l}”: short or foreign form of one given name',
    fr: '« {q} » ~ « {l} » : forme courte ou étrangère du même prénom',
    ko: '“{q}” ~ “{l}”: 같은 이름의 애칭 또는 외국어형',
    ja: '「{q}」～「{l}」：同じ名の愛称または外国語形',
  },
  joined: {
    en: '“{q}” = “{l}”: joined or split words',
    fr: '« {q} » = « {l} » : mots accolés ou séparés',
    ko: '“{q}” = “{l}”: 붙여쓰기와 띄어쓰기의 차이',
    ja: '「{q}」＝「{l}」：続け書きと分かち書きの違い',
  },
  acronym: {
    en: '“{q}” ~ “{l}”: an acronym',
    fr: '« {q} » ~ « {l} » : un sigle',
    ko: '“{q}” ~ “{l}”: 머리글자로 된 약어',
    ja: '「{q}」～「{l}」：頭文字による略称',
  },
  number: {
    en: '“{q}” = “{l}”: the same number',
    fr: '« {q} » = « {l} » : même nombre',
    ko: '“{q}” = “{l}”: 같은 숫자',
    ja: '「{q}」＝「{l}」：同じ数字',
  },
  'legal-form': {
    en: '“{q}” ~ “{l}”: the same legal form',
    fr: '« {q} » ~ « {l} » : même forme juridique',
    ko: '“{q}” ~ “{l}”: 같은 법인 형태',
    ja: '「{q}」～「{l}」：同じ法人形態',
  },
  'patronymic-missing': {
    en: 'patronymic on one side alone: {x}',
    fr: 'patronyme d’un seul côté : {x}',
    ko: '한쪽에만 있는 부칭: {x}',
    ja: '一方だけにある父称：{x}',
  },
  'name-missing': {
    en: 'name on one side alone: {x}',
    fr: 'nom d’un seul côté : {x}',
    ko: '한쪽에만 있는 이름: {x}',
    ja: '一方だけにある名：{x}',
  },
  'initial-missing': {
    en: 'initial on one side alone: {x}',
    fr: 'initiale d’un seul côté : {x}',
    ko: '한쪽에만 있는 머리글자: {x}',
    ja: '一方だけにある頭文字：{x}',
  },
  'title-missing': {
    en: 'title on one side alone: {x}',
    fr: 'titre d’un seul côté : {x}',
    ko: '한쪽에만 있는 호칭·직함: {x}',
    ja: '一方だけにある敬称・肩書：{x}',
  },
  'particle-missing': {
    en: 'small word on one side alone: {x}',
    fr: 'particule d’un seul côté : {x}',
    ko: '한쪽에만 있는 관사류(al, bin, de 등): {x}',
    ja: '一方だけにある冠詞類（al、bin、de など）：{x}',
  },
  'legal-form-missing': {
    en: 'legal form on one side alone: {x}',
    fr: 'forme juridique d’un seul côté : {x}',
    ko: '한쪽에만 있는 법인 형태: {x}',
    ja: '一方だけにある法人形態：{x}',
  },
  'generic-word-missing': {
    en: 'common word on one side alone: {x}',
    fr: 'mot courant d’un seul côté : {x}',
    ko: '한쪽에만 있는 흔한 단어: {x}',
    ja: '一方だけにある一般語：{x}',
  },
  'number-missing': {
    en: 'number on one side alone: {x}',
    fr: 'nombre d’un seul côté : {x}',
    ko: '한쪽에만 있는 숫자: {x}',
    ja: '一方だけにある数字：{x}',
  },
  repeated: { en: 'repeated: {x}', fr: 'répété : {x}', ko: '반복됨: {x}', ja: '繰り返し：{x}' },
  'name-conflict': {
    en: 'another name stands here: {x}',
    fr: 'un autre nom à cette place : {x}',
    ko: '같은 자리에 다른 이름이 있음: {x}',
    ja: '同じ位置に別の名がある：{x}',
  },
  'patronymic-conflict': { en: 'another patronymic: {x}', fr: 'un autre patronyme : {x}', ko: '다른 부칭: {x}', ja: '別の父称：{x}' },
  'number-conflict': { en: 'another number: {x}', fr: 'un autre nombre : {x}', ko: '다른 숫자: {x}', ja: '別の数字：{x}' },
  'legal-form-conflict': {
    en: 'another legal form: {x}',
    fr: 'une autre forme juridique : {x}',
    ko: '다른 법인 형태: {x}',
    ja: '別の法人形態：{x}',
  },
  'stop-word': { en: 'word without weight: {x}', fr: 'mot sans poids : {x}', ko: '비중이 없는 단어: {x}', ja: '重みのない語：{x}' },
  'other-order': {
    en: 'the words stand in another order',
    fr: 'les mots sont dans un autre ordre',
    ko: '단어의 순서가 다름',
    ja: '語の順序が異なる',
  },
  'son-for-father': {
    en: 'the names of son and father stand the other way round, which makes another person',
    fr: 'les noms du fils et du père sont inversés, ce qui désigne une autre personne',
    ko: '아들과 아버지의 이름이 뒤바뀜(다른 사람을 가리킴)',
    ja: '子の名と父の名が逆（別人を指す）',
  },
  'single-word': { en: 'a single word was found', fr: 'un seul mot concorde', ko: '한 단어만 일치함', ja: '一語だけが一致' },
  'no-distinctive-word': {
    en: 'only words that many names have were found',
    fr: 'seuls concordent des mots communs à beaucoup de noms',
    ko: '많은 이름에 쓰이는 흔한 단어만 일치함',
    ja: '多くの名に共通する語だけが一致',
  },
  'joined-whole': {
    en: 'the same letters when written without spaces',
    fr: 'les mêmes lettres sans les espaces',
    ko: '띄어쓰기를 없애면 같은 글자',
    ja: '空白を除けば同じ文字',
  },
  'other-characters': { en: 'the characters differ', fr: 'les caractères diffèrent', ko: '글자가 다름', ja: '文字が異なる' },
} as const satisfies Record<RuleCode | UnmatchedCode | WholeCode, Phrases>

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

/** What earlier decisions do to a hit: {q} is the decision, {l} its reason. */
export const DECISION_PHRASES = {
  'decision-suppresses': {
    en: 'decided before as a false positive, {q}: {l}',
    fr: 'déjà jugé faux positif, {q} : {l}',
    ko: '이전에 오탐으로 판정됨, {q}: {l}',
    ja: '以前に誤検知と判定、{q}：{l}',
  },
  'decision-lapsed-customer-changed': {
    en: 'decision {q} no longer holds: what is known of the customer changed ({l})',
    fr: 'la décision {q} ne vaut plus : les données du client ont changé ({l})',
    ko: '결정 {q}은(는) 효력을 잃음: 고객 정보가 바뀜 ({l})',
    ja: '決定 {q} は失効：顧客の情報が変わった（{l}）',
  },
  'decision-lapsed-entry-changed': {
    en: 'decision {q} no longer holds: the entry on the list changed ({l})',
    fr: 'la décision {q} ne vaut plus : l’inscription sur la liste a changé ({l})',
    ko: '결정 {q}은(는) 효력을 잃음: 명단 항목이 바뀜 ({l})',
    ja: '決定 {q} は失効：リストの項目が変わった（{l}）',
  },
  'decision-lapsed-entry-unknown': {
    en: 'decision {q} does not hold: the entry as it was decided on is not known ({l})',
    fr: 'la décision {q} ne vaut pas : l’inscription sur laquelle elle porte n’est pas connue ({l})',
    ko: '결정 {q}은(는) 적용되지 않음: 결정 당시의 명단 항목을 알 수 없음 ({l})',
    ja: '決定 {q} は適用されない：決定時のリスト項目が不明（{l}）',
  },
  'decision-lapsed-expired': {
    en: 'decision {q} has expired ({l})',
    fr: 'la décision {q} a expiré ({l})',
    ko: '결정 {q}은(는) 기한이 지남 ({l})',
    ja: '決定 {q} は期限切れ（{l}）',
  },
  'decision-lapsed-needs-second': {
    en: 'decision {q} does not hold: a second person is needed for such a hit ({l})',
    fr: 'la décision {q} ne vaut pas : une deuxième personne est requise pour un tel résultat ({l})',
    ko: '결정 {q}은(는) 적용되지 않음: 이런 일치에는 두 번째 담당자가 필요함 ({l})',
    ja: '決定 {q} は適用されない：このような一致には二人目の確認が必要（{l}）',
  },
} as const satisfies Record<string, Phrases>

/** What the answer as a whole says. */
export const ANSWER_PHRASES = {
  'no-potential-match': {
    en: 'No potential match on {lists} as of {at}. This does not clear anybody.',
    fr: 'Aucune correspondance potentielle sur {lists} au {at}. Cela ne vaut pas mise hors de cause.',
    ko: '{at} 기준 {lists}에서 일치 가능 항목 없음. 문제가 없다는 확인은 아님.',
    ja: '{at} 現在、{lists} に一致の可能性のある項目なし。問題がないことの証明ではない。',
  },
  'not-screened': {
    en: 'Nothing could be looked for on {lists} as of {at}: see the notes. This is no answer about anybody.',
    fr: 'Rien n’a pu être recherché sur {lists} au {at} : voir les notes. Cela ne renseigne sur personne.',
    ko: '{at} 기준 {lists}에서 조회할 수 있는 것이 없음(비고 참조). 누구에 대한 답도 아님.',
    ja: '{at} 現在、{lists} で照会できるものがなかった（注記参照）。誰についての回答でもない。',
  },
  'potential-match': {
    en: '{alerts} of {hits} potential matches alert, on {lists} as of {at}.',
    fr: '{hits} correspondances potentielles, dont {alerts} en alerte, sur {lists} au {at}.',
    ko: '{at} 기준 {lists}에서 일치 가능성 {hits}건, 그중 경보 {alerts}건.',
    ja: '{at} 現在、{lists} に一致の可能性 {hits} 件、うちアラート {alerts} 件。',
  },
  'held-weak-alias': {
    en: 'held: weak alias alone',
    fr: 'sans alerte : alias faible seul',
    ko: '보류: 약한 별칭만 일치',
    ja: '保留：弱い別名のみ',
  },
  'held-below-alert': {
    en: 'shown, below the alert score',
    fr: 'affiché seulement : sous le seuil d’alerte',
    ko: '표시만 함(경보 기준 점수 미만)',
    ja: '表示のみ（アラート基準点未満）',
  },
  'held-suppressed': {
    en: 'held: suppressed by a decision',
    fr: 'sans alerte : écarté par une décision',
    ko: '보류: 이전 결정에 따라 경보에서 제외',
    ja: '保留：過去の決定によりアラート対象外',
  },
  alert: { en: 'ALERT', fr: 'ALERTE', ko: '경보', ja: 'アラート' },
} as const satisfies Record<ScreenAnswer['outcome'] | 'alert' | `held-${NonNullable<Hit['held']>}`, Phrases>

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
