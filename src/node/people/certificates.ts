import { X509Certificate } from 'node:crypto'
import { CordonError } from '../../chain/index.ts'
import type { Tx } from '../database/tx.ts'
import { foldFingerprint } from './authenticate.ts'
import { type Manager, readPerson, takeTurnOfManagers } from './persons.ts'
import { iso, type World } from './world.ts'

/** A client certificate that stands for a person. */
export type CertificateView = {
  /** SHA-256 of the certificate, 64 hex digits. */
  readonly fingerprint: string
  /** The subject's distinguished name, for people; nothing is decided by it. */
  readonly subject: string
  readonly registeredAt: Date
  /** The certificate's own end. */
  readonly expiresAt: Date
  /** To within five minutes. */
  readonly usedAt: Date | null
}

/**
 * Registers a certificate for a person: whoever holds its key is that person from now on. By its fingerprint and not by a name in it, so that no authority can issue another one.
 *
 * @param pem the certificate, without its key
 * @throws CordonError `people/bad-certificate`, `people/not-allowed`, `people/not-found`, `people/own-privileges`
 */
export async function registerCertificate(tx: Tx, manager: Manager, person: string, pem: string, world: World): Promise<CertificateView> {
  await takeTurnOfManagers(tx, manager)
  const owner = await readPerson(tx, manager, person)
  if (manager.caller?.person === owner.id)
    throw new CordonError('people/own-privileges', 'nobody registers a certificate for himself', { remedy: 'Ask another administrator.' })
  const bad = (message: string, remedy: string, cause?: unknown) =>
    new CordonError('people/bad-certificate', message, { place: { field: 'certificate' }, remedy, cause })
  if (pem.includes('PRIVATE KEY'))
    throw bad('a private key is in this text', 'Send the certificate alone, and take another key: this one has travelled.')
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(pem.slice(0, 100_000))
  } catch (cause) {
    throw bad('this is no X.509 certificate', 'Send it as PEM.', cause)
  }
  if (certificate.validToDate <= world.clock()) throw bad(`it ended at ${certificate.validToDate.toISOString()}`, 'Send one that is valid.')
  const [row] = await tx.query<CertificateRow>(
    `insert into cordon.certificate (fingerprint, person, subject, registered_by, registered_at, expires_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning ${COLUMNS}`,
    [
      foldFingerprint(certificate.fingerprint256),
      owner.id,
      (certificate.subject ?? '')
        .replace(/\p{Cc}+/gu, ', ')
        .slice(0, 500)
        .toWellFormed(),
      manager.caller?.person ?? null,
      iso(world.clock()),
      iso(certificate.validToDate),
    ],
  )
  if (row === undefined) throw bad('it is registered already', 'One certificate stands for one person.')
  return view(row)
}

/** The certificates that stand for a person, oldest first. */
export async function listCertificates(tx: Tx, person: string): Promise<readonly CertificateView[]> {
  return (
    await tx.query<CertificateRow>(`select ${COLUMNS} from cordon.certificate where person = $1 order by registered_at, fingerprint`, [
      person,
    ])
  ).map(view)
}

/**
 * Takes a certificate from a person. False where he has no such one.
 *
 * @throws CordonError `people/not-allowed`, `people/not-found`
 */
export async function removeCertificate(tx: Tx, manager: Manager, person: string, fingerprint: string): Promise<boolean> {
  await takeTurnOfManagers(tx, manager)
  const owner = await readPerson(tx, manager, person)
  const rows = await tx.query('delete from cordon.certificate where person = $1 and fingerprint = $2 returning fingerprint', [
    owner.id,
    foldFingerprint(fingerprint) ?? '',
  ])
  return rows.length > 0
}

const COLUMNS = 'fingerprint, subject, registered_at, expires_at, used_at'

type CertificateRow = {
  fingerprint: string
  subject: string
  registered_at: string | Date
  expires_at: string | Date
  used_at: string | Date | null
}

function view(row: CertificateRow): CertificateView {
  return {
    fingerprint: row.fingerprint,
    subject: row.subject,
    registeredAt: new Date(row.registered_at),
    expiresAt: new Date(row.expires_at),
    usedAt: row.used_at === null ? null : new Date(row.used_at),
  }
}
