/** Each question once, also while it is being answered; one that failed may be asked again. */
export function once<T>(answers: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = answers.get(key)
  if (known !== undefined) return known
  const answer = ask()
  answers.set(key, answer)
  answer.catch(() => {
    if (answers.get(key) === answer) answers.delete(key)
  })
  return answer
}
