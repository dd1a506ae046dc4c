import { askNode } from './torture-ask.ts'
import { acknowledge, type Known, type Memory, type Unanswered } from './torture-memory.ts'
import type { SignedIn } from './torture-people.ts'

/** Who looks, and to whom it is said what is missing. */
export type Look = { readonly url: string; readonly who: SignedIn; readonly auditor: SignedIn; readonly lost: (what: string) => void }

/**
 * Looks, on a node that has been started again, at everything that was touched since the last look: what was acknowledged is there with its version and hash;
 * what was never answered is there once or not at all, and is there once after the same request with the same key.
 */
export async function look(at: Look, memory: Memory): Promise<void> {
  for (const known of memory.touched) await lookAt(at, memory, known)
  memory.touched.clear()
  for (const request of memory.unanswered.splice(0)) await sendAgain(at, memory, request)
  for (const source of memory.linked) await lookAtLinks(at, memory, source)
  memory.linked.clear()
  const record = await answered(at, at.auditor, 'GET', '/record')
  if (record.json.checkpoint !== null) memory.notes.add(record.json.checkpoint)
}

async function lookAt(at: Look, memory: Memory, known: Known): Promise<void> {
  const { json, status, etag } = await answered(at, at.who, 'GET', `/objects/${known.id}`)
  const { id, version, hash, unsure } = known
  if (status !== 200) return at.lost(`object ${id} version ${version} was acknowledged and is gone (${status})`)
  if (json.version < version) return at.lost(`object ${id} is at version ${json.version}; ${version} was acknowledged`)
  if (json.version === version) {
    if (json.hash !== hash) at.lost(`object ${id} version ${version} has the hash ${json.hash}; ${hash} was acknowledged`)
    known.unsure = null
    return
  }
  if (unsure === null || json.version > version + 1) return at.lost(`object ${id} is at version ${json.version}, which nobody asked for`)
  if (json.body.title !== unsure.title) at.lost(`object ${id} version ${json.version} holds what nobody wrote`)
  // It was done, and its answer was lost on the way. From now on it is known.
  acknowledge(memory, known, json.version, json.hash, etag, unsure.title)
}

async function sendAgain(at: Look, memory: Memory, { who, path, body, key, word }: Unanswered): Promise<void> {
  const again = await answered(at, who, 'POST', path, body, { 'idempotency-key': key })
  if (word === null) {
    const [source, target] = [path.split('/')[2], (body as { target: string }).target]
    if (again.status === 204) memory.links.add(`${source} ${target}`)
    else if (again.status !== 409 && again.status !== 422) at.lost(`a link that was sent again was answered with ${again.status}`)
    return
  }
  if (again.status !== 201) return at.lost(`a creation that was sent again was answered with ${again.status} ${again.json?.code}`)
  memory.versions.set(`${again.json.id}/${again.json.version}`, again.json.hash)
  const found = await answered(at, who, 'GET', `/cases?q=${word}`)
  if (found.json.items.length !== 1) at.lost(`a creation that was sent again is there ${found.json.items.length} times`)
}

async function lookAtLinks(at: Look, memory: Memory, source: string): Promise<void> {
  const { json, status } = await answered(at, at.who, 'GET', `/objects/${source}/links`)
  if (status !== 200) return at.lost(`links of ${source} were acknowledged and are gone (${status})`)
  const there = new Set(json.to.map(({ id }: { id: string }) => `${source} ${id}`))
  for (const link of memory.links) if (link.startsWith(source) && !there.has(link)) at.lost(`the link ${link} was acknowledged and is gone`)
}

/** An answer that has to come: the node runs and nobody kills it now. */
async function answered(at: Look, ...[who, method, path, body, headers]: [SignedIn, string, string, unknown?, Record<string, string>?]) {
  const answer = await askNode(at.url, who, method, path, body, headers)
  if (answer === null) throw new Error(`${method} ${path} was not answered by a node that was left alone`)
  return answer
}
