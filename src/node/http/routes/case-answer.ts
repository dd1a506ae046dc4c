import { type CaseBody, possibleCaseActions } from '../../../cases/index.ts'
import type { Ask } from '../../ask.ts'
import { countContents } from '../../cases/contents.ts'
import type { StoredObject } from '../../objects/object.ts'
import type { Answer } from '../answer.ts'
import { answerObject } from '../shapes.ts'

/** A case as an answer, with how much it holds. What it holds changes by a version of the case, so that the ETag says it too. */
export async function answerCase(ask: Ask, found: StoredObject<CaseBody>, status = 200, location?: string): Promise<Answer> {
  const answer = answerObject(found, status, location)
  return {
    ...answer,
    body: { ...(answer.body as object), contents: await countContents(ask, found.id), actions: possibleCaseActions(found.body.status) },
  }
}
