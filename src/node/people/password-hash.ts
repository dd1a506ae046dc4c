import { argon2, timingSafeEqual } from 'node:crypto'
import type { Random } from './world.ts'

/** Cost of argon2id (RFC 9106): memory in KiB, passes over it, lanes. */
export type Argon2Cost = {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

/** OWASP Password Storage Cheat Sheet, first choice below 46 MiB: 19 MiB, 2 passes, 1 lane; about 45 ms on one core. */
export const ARGON2_COST: Argon2Cost = { memory: 19_456, passes: 2, parallelism: 1 }

const SALT_BYTES = 16
const TAG_BYTES = 32

/** As many hashes are worked on at once; the rest waits, so that a flood of sign-ins takes neither all memory nor all of the thread pool. */
const AT_ONCE = 2

/** An upper bound on what a stored hash may ask for, so that a changed row cannot stall the node. */
const HIGHEST: Argon2Cost = { memory: 1_048_576, passes: 64, parallelism: 16 }

type Stored = { readonly cost: Argon2Cost; readonly salt: Buffer; readonly tag: Buffer }

/** What a check found: whether the password is the one, and whether its hash should be made anew with today's cost. */
export type Checked = { readonly right: boolean; readonly outdated: boolean }

/**
 * Hashes passwords with argon2id, as PHC strings `$argon2id$v=19$m=19456,t=2,p=1$salt$tag`.
 * An unknown account costs what a known one costs: it is checked against a hash that no password has.
 */
export class PasswordHasher {
  readonly #random: Random
  readonly #cost: Argon2Cost
  readonly #decoy: Stored
  readonly #waiting: (() => void)[] = []
  #running = 0
  #derivations = 0

  constructor({ random, cost = ARGON2_COST }: { readonly random: Random; readonly cost?: Argon2Cost }) {
    this.#random = random
    this.#cost = cost
    this.#decoy = { cost, salt: random(SALT_BYTES), tag: random(TAG_BYTES) }
  }

  /** How many times argon2id was run: a measure of work that an onlooker could time. */
  get derivations(): number {
    return this.#derivations
  }

  /** A new PHC string with a new salt. */
  async hash(password: string): Promise<string> {
    const salt = this.#random(SALT_BYTES)
    return format({ cost: this.#cost, salt, tag: await this.#derive(password, this.#cost, salt, TAG_BYTES) })
  }

  /**
   * Checks a password against a PHC string; null stands for an account that does not exist or has no password, and does the same work.
   *
   * @throws Error where the stored text is no argon2id hash: somebody wrote to the table
   */
  async check(password: string, phc: string | null): Promise<Checked> {
    const stored = phc === null ? this.#decoy : parse(phc)
    const tag = await this.#derive(password, stored.cost, stored.salt, stored.tag.length)
    const right = timingSafeEqual(tag, stored.tag) && phc !== null
    const { memory, passes, parallelism } = stored.cost
    const outdated = memory !== this.#cost.memory || passes !== this.#cost.passes || parallelism !== this.#cost.parallelism
    return { right, outdated }
  }

  async #derive(password: string, cost: Argon2Cost, nonce: Buffer, tagLength: number): Promise<Buffer> {
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#running += 1
    this.#derivations += 1
    try {
      return await new Promise<Buffer>((resolve, reject) =>
        argon2('argon2id', { message: normalised(password), nonce, tagLength, ...cost }, (error, tag) =>
          error === null ? resolve(tag) : reject(error),
        ),
      )
    } finally {
      const next = this.#waiting.shift()
      // The place is handed on rather than given up, so that nobody slips in between.
      if (next === undefined) this.#running -= 1
      else next()
    }
  }
}

/** One spelling of the same characters (NFKC), as SP 800-63B section 5.1.1.2 advises, so that another keyboard types the same password. */
export function normalised(password: string): string {
  return password.normalize('NFKC')
}

function format({ cost, salt, tag }: Stored): string {
  const bare = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${bare(salt)}$${bare(tag)}`
}

function parse(phc: string): Stored {
  const parts = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{22,86})$/.exec(phc)
  if (parts === null) throw new Error('a stored password hash is no argon2id PHC string')
  const cost = { memory: Number(parts[1]), passes: Number(parts[2]), parallelism: Number(parts[3]) }
  if (cost.memory > HIGHEST.memory || cost.passes > HIGHEST.passes || cost.parallelism > HIGHEST.parallelism)
    throw new Error('a stored password hash asks for more work than any that this node makes')
  return { cost, salt: Buffer.from(parts[4]!, 'base64'), tag: Buffer.from(parts[5]!, 'base64') }
}
