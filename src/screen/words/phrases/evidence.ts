import type { EvidenceRule } from '../../match/evidence.ts'
import type { Phrases } from '../codes.ts'

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
