/** Languages in which answers explain themselves. */
export const LANGUAGES = ['en', 'fr', 'ko', 'ja'] as const
export type Language = (typeof LANGUAGES)[number]
