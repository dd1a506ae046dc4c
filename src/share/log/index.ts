export { type AuditOptions, type AuditReport, auditLog, type KeptEntry } from './audit.ts'
export type { AuditFinding } from './audit-findings.ts'
export { formatBundle, type ProofBundle, parseBundle, type VerifiedBundle, verifyBundle } from './bundle.ts'
export { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
export { cosign, cosignatureTime } from './cosignature.ts'
export { formatEntries, LONGEST_ENTRY, parseEntries } from './entry-bundle.ts'
export { type Appended, appendLeaf, EMPTY_FRONTIER, type Frontier, formatFrontier, frontierRoot, parseFrontier } from './frontier.ts'
export {
  COSIGNATURE,
  ED25519,
  formatSecretKey,
  formatVerifierKey,
  type NoteSigner,
  noteSigner,
  parseSecretKey,
  parseVerifierKey,
  type SignatureType,
  type VerifierKey,
  verifierKey,
} from './key.ts'
export { EMPTY_ROOT, HASH_BYTES, type Hash, leafHash, nodeHash, sameHash, treeRoot } from './merkle.ts'
export type { HashReader, NodeId, StoredNode } from './nodes.ts'
export { addSignatures, type NoteSignature, type OpenedNote, openNote, parseNote, signNote, type VerifiedSignature } from './note.ts'
export {
  type ConsistencyClaim,
  consistencyFault,
  frontierAt,
  type InclusionClaim,
  inclusionFault,
  proveConsistency,
  proveInclusion,
} from './proof.ts'
export { checkPolicy, type LogPolicy, type OpenedCheckpoint, openCheckpoint, signCheckpoint } from './signed-checkpoint.ts'
export { hasTile, newTiles, parseTilePath, readTile, TILE_WIDTH, type Tile, tilePath, tileReader } from './tiles.ts'
export { formatTlogProof, parseTlogProof, type TlogProof } from './tlog-proof.ts'
