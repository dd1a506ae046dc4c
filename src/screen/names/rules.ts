/** How a word of one name was found in another. Codes are for machines; whoever shows them says them in the reader's language. */
export type RuleCode =
  | 'exact'
  /** The same Latin spelling from another script. */
  | 'other-script'
  /** The same word in another romanisation or with doubled letters. */
  | 'transliteration'
  /** The same Korean syllables in another romanisation: words of bodies and ships; persons' names are read as a whole. */
  | 'korean-spelling'
  /** Han characters that differ as simplified, traditional or Japanese forms. */
  | 'han-variant'
  /** The same consonants where one script does not write the vowels, or writes foreign words its own way. */
  | 'consonants'
  /** The same consonants, other vowels, both in Latin. */
  | 'vowels'
  | 'phonetic'
  | 'typo'
  | 'swapped-letters'
  | 'initial'
  /** Short or foreign form of the same given name. */
  | 'given-name'
  /** Several words of one name are one word of the other. */
  | 'joined'
  | 'acronym'
  | 'number'
  | 'legal-form'

/** Why a word of one name stands alone, or what else was counted. */
export type UnmatchedCode =
  | 'patronymic-missing'
  | 'name-missing'
  | 'initial-missing'
  | 'title-missing'
  | 'particle-missing'
  | 'legal-form-missing'
  | 'generic-word-missing'
  | 'number-missing'
  | 'repeated'
  /** The other name has another word in this place. */
  | 'name-conflict'
  | 'patronymic-conflict'
  | 'number-conflict'
  | 'legal-form-conflict'
  | 'stop-word'

/** What holds for the whole pair. */
export type WholeCode = 'other-order' | 'son-for-father' | 'single-word' | 'no-distinctive-word' | 'joined-whole' | 'other-characters'

/** How alike two words are under each rule; typos and consonants say it themselves. Tuned on one half of the labelled pairs (bench/accuracy/name-bench-labels.ts). */
export const SIMILARITY = {
  exact: 1,
  otherScript: 0.99,
  number: 1,
  legalForm: 1,
  transliteration: 0.97,
  /** Where the syllables are the same; what they differ by is taken off. */
  koreanSpelling: 0.97,
  givenName: 0.93,
  phonetic: 0.78,
  initial: 0.8,
  joined: 0.97,
  acronym: 0.84,
  /** The same of a person: many people share their initials. */
  initials: 0.75,
} as const
