/**
 * Common words in the names of Korean bodies as they stand in romanised names, in English words that words.ts and legal-forms.ts know: `TONGBANG U'NHAENG` is Tongbang Bank. Spellings are those of
 * McCune-Reischauer, the DPRK and the Revised Romanization without their marks. Words that tell bodies apart (what a bank is called) are compared by their syllables and stand here never.
 */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  choson: ['korea'],
  chosun: ['korea'],
  joson: ['korea'],
  unhaeng: ['bank'],
  eunhaeng: ['bank'],
  muyok: ['trading'],
  muyeok: ['trading'],
  mooyok: ['trading'],
  chonghoesa: ['general', 'company'],
  chongguk: ['general', 'bureau'],
  chonguk: ['general', 'bureau'],
  haeun: ['shipping'],
  yonhap: ['united'],
  ryonhap: ['united'],
  yeonhap: ['united'],
  kongjang: ['factory'],
  gongjang: ['factory'],
  yonguso: ['institute'],
  yeonguso: ['institute'],
  taehak: ['university'],
  daehak: ['university'],
  wiwonhoe: ['committee'],
}

/** What a common Korean word in Latin letters is in English; null where it is none. */
export const inEnglish = (word: string): readonly string[] | null => (Object.hasOwn(WORDS, word) ? WORDS[word]! : null)
