/** The passphrase of the backups that are kept here: their keys sign nothing that matters. */
export const FIXTURE_PASSPHRASE = 'kept for later releases to read'

/** What a restored fixture must hold. */
export type FixtureSummary = { readonly objects: number; readonly entries: number }
