/** Transactions that a document names for one finding, at most: a person looks at some, and the count says how many there are. */
export const EVIDENCE = 20
