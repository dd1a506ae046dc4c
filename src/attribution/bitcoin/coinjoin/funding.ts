/** How a search for a division of inputs ended. */
export type Funding = 'possible' | 'impossible' | 'undecided'

/**
 * Whether all inputs can be divided among participants so that what each puts in is at least its goal and, but for one, at most `window` more. Goals are what a participant takes out less the
 * largest fee that it may earn; the one without a limit is the taker, who pays the others and the miner. The question is a stricter form of BlockSci's `isCoinjoinExtra` (Kalodner et al.,
 * USENIX Security 2020), which lets everybody put in more.
 *
 * Depth first. The next participant is the one whom the fewest inputs can pay, as most bring one or two coins and a sweep of many comes last; the last takes what is left. `undecided`
 * after `steps` visits. Values are satoshis as safe integers; goals are positive.
 */
export function canFund(inputs: readonly number[], goals: readonly number[], window: number, steps: number): Funding {
  const slack = sumOf(inputs) - sumOf(goals)
  if (slack < 0 || inputs.length < goals.length || goals.length === 0) return 'impossible'
  const falling = (values: readonly number[]): number[] => [...values].sort((a, b) => b - a)
  const budget = { left: steps }
  const found = divide({ values: falling(inputs), goals: falling(goals), slack, window, taker: true }, budget)
  return found ? 'possible' : budget.left < 0 ? 'undecided' : 'impossible'
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

interface Budget {
  left: number
}

/** What is still to be divided. Values and goals fall; all values together are all goals and `slack`. */
interface Rest {
  readonly values: readonly number[]
  readonly goals: readonly number[]
  readonly slack: number
  readonly window: number
  /** Whether the taker may still be among the participants left. */
  readonly taker: boolean
}

function divide(rest: Rest, budget: Budget): boolean {
  const { values, goals, slack, window, taker } = rest
  if (values.length < goals.length) return false
  if (goals.length === 1) return taker || slack <= window
  // Whoever has had less than the window leaves the others more to spare than they may take.
  if (!taker && slack > window * goals.length) return false
  budget.left -= goals.length
  const spare = taker ? slack : Math.min(slack, window)
  const next = easiest(values, goals, spare)
  const goal = goals[next] as number
  const others = goals.filter((_, k) => k !== next)
  for (let size = 1; size <= values.length - others.length; size++) {
    const paid = choose(values, size, goal, goal + spare, budget, (chosen, sum) => {
      const excess = sum - goal
      const left = values.filter((_, k) => !chosen.includes(k))
      return divide({ values: left, goals: others, slack: slack - excess, window, taker: taker && excess <= window }, budget)
    })
    if (paid) return true
    if (budget.left < 0) return false
  }
  return false
}

/** The largest goal that one input pays, else the largest that two pay, else the smallest of all: the largest may be somebody's sweep of many coins. */
function easiest(values: readonly number[], goals: readonly number[], spare: number): number {
  const single = goals.findIndex((goal) => values.some((value) => value >= goal && value <= goal + spare))
  if (single >= 0) return single
  const double = goals.findIndex((goal) => twoPay(values, goal, goal + spare))
  return double >= 0 ? double : goals.length - 1
}

/** Whether two of the falling values add up to something within bounds. */
function twoPay(values: readonly number[], least: number, most: number): boolean {
  let large = 0
  let small = values.length - 1
  while (large < small) {
    const sum = (values[large] as number) + (values[small] as number)
    if (sum > most) large++
    else if (sum < least) small--
    else return true
  }
  return false
}

/** Try every choice of `size` of the falling values that adds up to something within bounds, until one is accepted. Of equal values the first are taken. */
function choose(
  values: readonly number[],
  size: number,
  least: number,
  most: number,
  budget: Budget,
  accept: (chosen: readonly number[], sum: number) => boolean,
): boolean {
  const chosen: number[] = []
  const more = (from: number, sum: number): boolean => {
    const wanting = size - chosen.length
    if (wanting === 0) return sum >= least && accept(chosen, sum)
    for (let k = from; k <= values.length - wanting; k++) {
      if (budget.left-- < 0) return false
      const value = values[k] as number
      // All later values are at most this one: nothing that follows can reach the goal.
      if (sum + value * wanting < least) return false
      if (sum + value > most || (k > from && values[k - 1] === value)) continue
      chosen.push(k)
      const accepted = more(k + 1, sum + value)
      chosen.pop()
      if (accepted) return true
    }
    return false
  }
  return more(0, 0)
}
