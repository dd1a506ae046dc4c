import { type StoreReport, verifyStore } from '../../screen/index.ts'

/** What comparing every file of the lists with its hash found. */
export type ListsVerified = Pick<StoreReport, 'sound' | 'lists' | 'versions' | 'files' | 'problems'> & { readonly leftovers: number }

/** Problems that are told. */
const MOST = 100

/** Compares everything in the folder of the lists with its hashes. */
export async function verifyLists({ store }: { readonly store: string }): Promise<ListsVerified> {
  const { problems, leftovers, ...counts } = await verifyStore(store)
  return { ...counts, problems: problems.slice(0, MOST), leftovers: leftovers.length }
}
