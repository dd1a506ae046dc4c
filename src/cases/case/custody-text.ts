import { CUSTODY_STANDARD, type CustodyStatement, type CustodyStep } from './custody.ts'

/** What a case's custody statement is headed with. */
export type CustodyHeading = {
  readonly case: string
  readonly title: string
  readonly marking: string
  /** UTC. */
  readonly at: string
  readonly statements: readonly CustodyStatement[]
  /** Names of persons by their ids, as far as whoever asks may know them. */
  readonly names: ReadonlyMap<string, string>
}

/** The custody of every file of a case as plain text, to be printed and signed. One fact a line; nothing that a person wrote can begin a line of its own. */
export function custodyText({ case: id, title, marking, at, statements, names }: CustodyHeading): string {
  return [
    marking,
    '',
    'CHAIN OF CUSTODY',
    `Case:     ${oneLine(title)}`,
    `          ${id}`,
    `As of:    ${at}`,
    `Standard: ${CUSTODY_STANDARD}`,
    `Files:    ${statements.length}`,
    '',
    ...statements.flatMap((statement, i) => [...fileLines(statement, i + 1, names), '']),
    'Times are UTC. Hashes are SHA-256. Steps are as the record of the node has them; their numbers are places in it.',
    marking,
    '',
  ].join('\n')
}

function fileLines(statement: CustodyStatement, number: number, names: CustodyHeading['names']): string[] {
  const { collection, preservation, steps, gaps } = statement
  return [
    `${number}. ${oneLine(statement.name)}`,
    `   File:          ${statement.file}, of ${statement.organisation}`,
    `   SHA-256:       ${statement.sha256}`,
    `   Size:          ${statement.bytes} bytes`,
    ...said('Found at', collection.url),
    ...said('Taken from', collection.device),
    ...said('Collected at', collection.capturedAt),
    ...said('Collected by', collection.capturedBy),
    ...said('Tool', collection.tool === null ? null : [collection.tool, collection.toolVersion].filter((part) => part !== null).join(' ')),
    ...said('At capture', collection.hashAtCapture),
    ...said('Notes', collection.notes),
    `   Received at:   ${preservation.receivedAt}`,
    `   Received by:   ${named(preservation.receivedBy, names)}`,
    ...said('Made by job', preservation.madeBy),
    `   Verified:      ${statement.lastVerified ?? 'not since it was received'}`,
    '   Steps:',
    ...steps.map((step) => stepLine(step, names)),
    ...(statement.stepsLeftOut ? ['     ... and more, which the record has'] : []),
    ...(gaps.length === 0 ? [] : ['   Not written down:', ...gaps.map(({ asks, what }) => `     ${asks}: ${what}`)]),
  ]
}

function stepLine({ index, at, event, action, outcome, organisation, person }: CustodyStep, names: CustodyHeading['names']): string {
  const who = person === null ? 'the node' : `${named(person, names)} of ${organisation}`
  return `     ${String(index).padStart(8)}  ${at}  ${event.padEnd(9)}  ${action}${outcome === 'done' ? '' : ` (${outcome})`}  ${who}`
}

function named(person: string, names: CustodyHeading['names']): string {
  const name = names.get(person)
  return name === undefined ? person : `${oneLine(name)} (${person})`
}

function said(name: string, text: string | null): string[] {
  return text === null ? [] : [`   ${`${name}:`.padEnd(14)} ${oneLine(text)}`]
}

/** Line breaks would let a note forge lines of the statement. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ').trim()
}
