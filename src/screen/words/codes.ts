/** Languages in which answers explain themselves. */
export const LANGUAGES = ['en', 'fr', 'ko', 'ja'] as const
export type Language = (typeof LANGUAGES)[number]

/** A sentence in every language. Tables of them are typed by the codes that they explain: a rule without a phrase, or a phrase of no rule, is an error of the type check. */
export type Phrases = Readonly<Record<Language, string>>
