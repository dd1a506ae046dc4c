import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const OPENSSL = 'openssl'

/** Why certificates cannot be made here, or null. */
export const NO_OPENSSL = (() => {
  try {
    execFileSync(OPENSSL, ['version'])
    return null
  } catch {
    return 'there is no openssl command'
  }
})()

/** A certificate and its key, as PEM. */
export type Pair = { readonly cert: string; readonly key: string }

/** Authorities and what they sign, made anew by the `openssl` command for each test. */
export class Authority {
  readonly folder = mkdtempSync(join(tmpdir(), 'cordon-ca-'))
  readonly cert: string
  #serial = 1

  constructor(name: string) {
    this.#openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
    )
    this.cert = this.read('ca.pem')
  }

  /** Signs a certificate for a name; of a server where it has alternative names. It is good for so many days; with -1 it has ended. */
  sign(name: string, { alternatives, days = 2 }: { alternatives?: string; days?: number } = {}): Pair {
    const file = `c${this.#serial++}`
    this.#openssl(
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      `${file}.key`,
      '-out',
      `${file}.csr`,
      '-subj',
      `/CN=${name}`,
    )
    writeFileSync(join(this.folder, 'ext'), alternatives === undefined ? 'extendedKeyUsage=clientAuth' : `subjectAltName=${alternatives}`)
    this.#openssl(
      'x509',
      '-req',
      '-in',
      `${file}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-set_serial',
      String(this.#serial),
      '-extfile',
      'ext',
      '-days',
      String(days),
      '-out',
      `${file}.pem`,
    )
    return { cert: this.read(`${file}.pem`), key: this.read(`${file}.key`) }
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8')
  }

  #openssl(...args: readonly string[]): void {
    execFileSync(OPENSSL, args, { cwd: this.folder, stdio: 'pipe' })
  }
}
