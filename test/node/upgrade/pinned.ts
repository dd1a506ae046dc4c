/** Steps of the schema that were released, with the SHA-256 of their text: made by `node test/node/upgrade/pin.ts`, never by hand. */
export const PINNED: readonly (readonly [id: string, sha256: string])[] = [
  ['0001-organisations', '1505773e14cde26d1cfdfecac36c8eb3c02b3d2fd7e554788c544477a04f52ca'],
  ['0002-release', 'd56334f716d2f2de0201320947a20670c5fff04637e6bcf0c82a18244795d0ae'],
  ['0003-objects', 'c731429776275d028ef2ce519bfc4ed508f649f07086f400ef84f7a40eb5897e'],
  ['0004-record', 'ad5dbbb021cebfc2309b11007c79f09e84655a83f3ccc0866d58c1d372179dad'],
  ['0005-idempotency', '4058d263debcd498d410b1c01a2503403e91d53f35cabe4d94b9d979d3ee265c'],
  ['0006-people', 'e9ef7acfa3599ec60db45a982dda40827d52b0e98e58cced7f98717dee1427fb'],
  ['0007-screening', '918358b27915ac6a44614ecd6b013597cd946e3a40c62e561f7c08880f927684'],
  ['0008-work', 'ec80142159fd8f3186de59b560a66c5a6c0a45c69750ea7517a23022afd6b70a'],
  ['0009-cases', 'b4d256d45b5125c22a6ef9d3e76c3b6adfcc2a9d6111348f5c7b8ea7a06812e3'],
  ['0010-desk', '39dee384e25ab62921dbf3c0b33a8fac0b01a5bdcf3ffde38ddac41217ea0b7c'],
  ['0011-delivery', '849c038c18eb23866e8f8b8da49f22a3b32815b05df7ceb5de8520512eef4ee2'],
  ['0012-alerts', '185aa36577e9492bbc4d0452b1cfd141aa212ec576e8e77a52a2f67c30d4747e'],
  ['0013-rows', 'ee25d30c674d8c39343c72245043743eb4c88675ba3ba1f9327550d33d2a395a'],
  ['0014-overdue-events', '644da312f901260340de0292cc3e2858294debb1582532c11f728ff57a3c5bf2'],
  ['0015-kept-ring', 'a12d7fe52967e34aca8c468f3f642218b8ee2d6feb236711be2eb52ea6244c6b'],
  ['0016-containers', 'b6018093ecb8109e876b73ee03154e51a167ed08b588df2cde02cbf5de115db2'],
]
