/** Texts that mean something to a database, a browser, a log, a shell, a template, a spreadsheet or a file system; to the node they are texts. */
export const PAYLOADS: readonly string[] = [
  `'; drop table cordon.person; --`,
  `" or ''='`,
  `1); select pg_sleep(10); --`,
  `{"$gt":""}`,
  `<script>alert(1)</script><img src=x onerror=alert(1)>`,
  `javascript:alert(1)`,
  'a\r\nSet-Cookie: injected=1\r\n\r\n<html>',
  '\u001b[31m\n{"level":50,"msg":"forged"}',
  '$(id) `id` ; id | id',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant for template engines
  '${7*7} {{7*7}} <%= 7*7 %> #{7*7}',
  '=HYPERLINK("https://evil.example","x")',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '%00%0d%0a%2e%2e%2f',
  '__proto__',
  'constructor',
  '\u202eevil\u2066 𝔘 👩‍👩‍👧 ﷽',
  '%s%n%x $1 $2 \\u0000 \\',
]

/** What no field can hold: it is refused with an error that says so. */
export const IMPOSSIBLE: readonly string[] = ['\u0000', 'a\u0000b', '\ud800', 'a\udfffb', 'A'.repeat(200_000)]

/** What is no text at all. */
export const WRONG_TYPES: readonly unknown[] = [
  0,
  -1,
  1e308,
  true,
  null,
  [],
  {},
  [[[[]]]],
  ['a'],
  { $gt: '' },
  JSON.parse('{"__proto__": {"polluted": true}}'),
  JSON.parse('{"constructor": {"prototype": {"polluted": true}}}'),
]

/** Texts for the path of an address, as they are sent. */
export const IN_PATH: readonly string[] = [
  '..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  '..%5c..%5c',
  '%00',
  '%ff%fe',
  '%c0%ae%c0%ae%c0%af',
  '%27%3b%20drop%20table%20cordon.person%3b--',
  '%3Cscript%3Ealert(1)%3C%2Fscript%3E',
  '%0d%0aSet-Cookie:%20injected=1',
  '*',
  'null',
  '-1',
  '1e999',
  'a'.repeat(255),
]
