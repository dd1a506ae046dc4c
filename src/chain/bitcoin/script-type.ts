/**
 * Kinds of locking scripts (scriptPubKey), in the order of their codes on disk: append, never reorder.
 * `witness` is a witness program of a version or length that nobody has given a meaning yet (anchors among them), `data` an OP_RETURN, `other` any script without a name.
 */
export const SCRIPT_TYPES = ['p2pk', 'p2pkh', 'p2sh', 'multisig', 'p2wpkh', 'p2wsh', 'p2tr', 'witness', 'data', 'other'] as const

export type ScriptType = (typeof SCRIPT_TYPES)[number]
