import { listEvents, type VersionManifest, versionManifest, wasListed } from '../../../src/screen/versions/index.ts'
import { listsIn } from '../../../src/screen/versions/store.ts'

/** Manifests of the versions that the logs of a store put into service last, by list. */
export async function latestVersions(store: string): Promise<readonly VersionManifest[]> {
  const manifests: VersionManifest[] = []
  for (const list of await listsIn(store)) {
    const event = (await listEvents(store, list)).findLast(({ kind }) => kind === 'imported')
    if (event?.kind === 'imported') manifests.push(await versionManifest(store, list, event.version))
  }
  return manifests
}

/** The version that the history says was in service at a time; null where there was none yet. */
export async function versionInService(store: string, list: string, on: string): Promise<string | null> {
  const [answer] = await wasListed({ store, list, query: 'nobody', on })
  return answer?.knew.version?.version ?? null
}
