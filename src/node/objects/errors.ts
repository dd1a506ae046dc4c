import { CordonError } from '../../chain/index.ts'

/** What every door says of an object that is not there and of one that is closed to the caller: the same. */
export function notFound(kind: string, id: string): CordonError {
  return new CordonError('node/not-found', `there is no ${kind} ${id}`, {
    remedy: 'Check the id. What is not released to you cannot be told apart from what does not exist.',
  })
}

/** The object changed since the caller read it. */
export function changedMeanwhile(current: number): CordonError {
  return new CordonError('node/changed', `the object was changed meanwhile: it is at version ${current}`, {
    remedy: 'Read it again, and send the change with the ETag of what you read in If-Match.',
  })
}

export function notOwner(): CordonError {
  return new CordonError('node/not-owner', 'only the organisation that owns an object changes it', {
    remedy: 'Write a note of your own and link it, or ask the owner.',
  })
}
