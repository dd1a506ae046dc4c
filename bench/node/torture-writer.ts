import { randomUUID } from 'node:crypto'
import { type Answered, askNode } from './torture-ask.ts'
import type { Chance } from './torture-chance.ts'
import { acknowledge, type Known, type Memory, type Unanswered } from './torture-memory.ts'
import type { SignedIn } from './torture-people.ts'

/** One who writes: his own objects, so that nobody but he changes them. */
export type Writer = {
  readonly who: SignedIn
  readonly releaser: SignedIn
  readonly chance: Chance
  readonly objects: Known[]
  /** Says what the node must not do. */
  readonly found: (finding: string) => void
}

/** Writes, one thing after the other, until the connection breaks or `until` is aborted. */
export async function write(url: string, writer: Writer, memory: Memory, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    const going = await step(url, writer, memory)
    if (!going) return
  }
}

async function step(url: string, writer: Writer, memory: Memory): Promise<boolean> {
  const { chance, objects } = writer
  // Of late ones, so that each object gets many versions, and what is old stays as it was.
  const known = objects.length === 0 ? null : (objects[Math.max(0, objects.length - 1 - chance.whole(0, 9))] as Known)
  const act = chance.whole(1, 10)
  if (known === null || act <= 4) return await create(url, writer, memory)
  if (act <= 7) return await change(url, writer, memory, known)
  if (act === 8) return await relabel(url, writer, memory, known)
  if (act === 9 && objects.length > 1) return await link(url, writer, memory, known)
  return await repeat(url, writer, memory)
}

/** A word that occurs nowhere else. */
function newWord(): string {
  return `w${randomUUID().replaceAll('-', '')}`
}

async function create(url: string, { who, objects, found }: Writer, memory: Memory): Promise<boolean> {
  const word = newWord()
  const request: Unanswered = { who, path: '/cases', body: { case: { title: word } }, key: randomUUID(), word }
  const answer = await askNode(url, who, 'POST', request.path, request.body, { 'idempotency-key': request.key })
  if (answer === null) {
    memory.unanswered.push(request)
    return false
  }
  if (answer.status !== 201) return refuse(found, 'a creation', answer)
  const known: Known = { id: answer.json.id, version: 0, hash: '', etag: '', title: '', unsure: null }
  acknowledge(memory, known, answer.json.version, answer.json.hash, answer.etag, word)
  objects.push(known)
  memory.keys.push({ request, id: known.id })
  memory.acknowledged++
  return true
}

async function change(url: string, { who, found }: Writer, memory: Memory, known: Known): Promise<boolean> {
  const title = newWord()
  const answer = await askNode(url, who, 'PUT', `/cases/${known.id}`, { title }, { 'if-match': known.etag })
  if (answer === null) return leaveOpen(memory, known, title)
  if (answer.status !== 200) return refuse(found, `a change of ${known.id}`, answer)
  acknowledge(memory, known, answer.json.version, answer.json.hash, answer.etag, title)
  memory.acknowledged++
  return true
}

async function relabel(url: string, { releaser, chance, found }: Writer, memory: Memory, known: Known): Promise<boolean> {
  const label = { tlp: chance.pick(['AMBER', 'AMBER+STRICT', 'GREEN']), nations: chance.pick([[], ['KOR'], ['JPN', 'KOR']]) }
  const body = { label, reason: 'torture' }
  // The releaser sees only what was released; whoever made the object may close it further.
  const answer = await askNode(url, releaser, 'PUT', `/objects/${known.id}/label`, body, { 'if-match': known.etag })
  if (answer === null) return leaveOpen(memory, known, known.title)
  // The same label again is no change.
  if (answer.status === 422) return true
  if (answer.status !== 200) return refuse(found, `a label of ${known.id}`, answer)
  acknowledge(memory, known, answer.json.version, answer.json.hash, answer.etag, known.title)
  memory.acknowledged++
  return true
}

async function link(url: string, { who, chance, objects, found }: Writer, memory: Memory, source: Known): Promise<boolean> {
  const target = chance.pick(objects.filter(({ id }) => id !== source.id))
  const request: Unanswered = { who, path: `/objects/${source.id}/links`, body: { target: target.id }, key: randomUUID(), word: null }
  const answer = await askNode(url, who, 'POST', request.path, request.body, { 'idempotency-key': request.key })
  if (answer === null) {
    memory.unanswered.push(request)
    return false
  }
  // It was linked before.
  if (answer.status === 409 || answer.status === 422) return true
  if (answer.status !== 204) return refuse(found, `a link of ${source.id}`, answer)
  memory.links.add(`${source.id} ${target.id}`)
  memory.linked.add(source.id)
  memory.acknowledged++
  return true
}

/** Sends an acknowledged creation again: the same object must be answered, and none made. */
async function repeat(url: string, { chance, found }: Writer, memory: Memory): Promise<boolean> {
  if (memory.keys.length === 0) return true
  const { request, id } = chance.pick(memory.keys)
  const answer = await askNode(url, request.who, 'POST', request.path, request.body, { 'idempotency-key': request.key })
  if (answer === null) return false
  if (answer.status !== 201) return refuse(found, 'a repetition', answer)
  if (answer.json.id !== id || !answer.replayed) found(`a repetition of the creation of ${id} made ${answer.json.id}`)
  return true
}

function leaveOpen(memory: Memory, known: Known, title: string): false {
  known.unsure = { title }
  memory.touched.add(known)
  return false
}

function refuse(found: Writer['found'], what: string, { status, json }: NonNullable<Answered>): true {
  found(`${what} was refused with ${status} ${json?.code}: ${json?.detail}`)
  return true
}
