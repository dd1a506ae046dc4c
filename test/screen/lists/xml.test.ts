import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CordonError } from '../../../src/chain/index.ts'
import { readXml, rootOf, XML_LIMITS, type XmlRecord } from '../../../src/screen/lists/xml.ts'
import { fileOf, gather } from './xml-helpers.ts'

async function records(content: string | Uint8Array, paths = ['list/item'], chunk = 1_000): Promise<XmlRecord[]> {
  const found: XmlRecord[] = []
  for await (const record of readXml(fileOf(content, 'list.xml', chunk), { records: paths, root: () => undefined })) found.push(record)
  return found
}

async function refusal(content: string | Uint8Array, chunk = 1_000): Promise<CordonError> {
  const error = await records(content, ['list/item'], chunk).then(
    (found) => expect.unreachable(`read ${found.length} records`),
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(CordonError)
  expect((error as CordonError).code).toBe('list/xml')
  return error as CordonError
}

const declared = '<?xml version="1.0" encoding="utf-8"?>\n'

describe('XML is read record by record', () => {
  it('gives each element asked for as a tree, with its line, its path and its source as it stands in the file', async () => {
    const item = '<item id="1"\n  kind="a">\n  <name> Ri &amp; Kim </name>\n  <name><![CDATA[<&>]]></name><empty/>\n</item>'
    const [record, ...more] = await records(`${declared}<list>\n<other><item/></other>\n${item}</list>`)
    expect(more).toEqual([])
    expect(record).toMatchObject({ path: 'list/item', name: 'item', line: 4, raw: item, text: '' })
    expect({ ...record?.attributes }).toEqual({ id: '1', kind: 'a' })
    expect(record?.children.map(({ name, text, line }) => [name, text, line])).toEqual([
      ['name', 'Ri & Kim', 6],
      ['name', '<&>', 7],
      ['empty', '', 7],
    ])
  })

  it('takes a star for any one name, and what lies within a record with the record', async () => {
    const found = await records('<list><a><item><item/></item></a><b><item/></b><c/></list>', ['list/*/item'])
    expect(found.map(({ path, children }) => [path, children.length])).toEqual([
      ['list/a/item', 1],
      ['list/b/item', 0],
    ])
  })

  it('gives the same records whatever the chunks are in which the bytes arrive', async () => {
    const text = `${declared}<list x="é">\r\n<item a="1" b="&#x91D1;">金铁三 𠮷&lt;</item>\r<item/><!-- <item/> --><item\n>ü<b>&#8217;</b></item>\r\n</list>\r\n`
    const whole = await records(text, ['list/item'], 1e6)
    expect(whole.map(({ raw }) => raw)).toEqual([
      '<item a="1" b="&#x91D1;">金铁三 𠮷&lt;</item>',
      '<item/>',
      '<item\n>ü<b>&#8217;</b></item>',
    ])
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (chunk) => {
        expect(await records(text, ['list/item'], chunk)).toEqual(whole)
      }),
      { numRuns: 40 },
    )
  })

  it('has the source right when a start tag with long attributes is split between two chunks', async () => {
    const item = `<item note="${'long '.repeat(400)}">x</item>`
    for (const chunk of [64, 999, 1_024])
      expect((await records(`<list>${item}${item}</list>`, ['list/item'], chunk)).map(({ raw }) => raw)).toEqual([item, item])
  })

  it('reads UTF-8 with a byte order mark, and UTF-16 of either order with one', async () => {
    const text = '<?xml version="1.0" encoding="UTF-16"?><list><item>김철삼</item></list>'
    const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    const big = Buffer.from(little).swap16()
    for (const bytes of [little, big, Buffer.from(`\ufeff${text.replace('UTF-16', 'utf-8')}`)]) {
      for (const chunk of [7, 1_000]) expect((await records(bytes, ['list/item'], chunk)).map((record) => record.text)).toEqual(['김철삼'])
    }
  })

  it('leaves comments and processing instructions out of texts', async () => {
    const found = await records('<?xml-stylesheet href="a.xsl"?><!-- a --><list><item>a<!-- b --><?php evil ?>c</item></list><!-- end -->')
    expect(found.map(({ text }) => text)).toEqual(['ac'])
  })

  it('stops when the signal is aborted', async () => {
    const controller = new AbortController()
    const reading = readXml(fileOf(`<list>${'<item/>'.repeat(2_000)}</list>`), {
      records: ['list/item'],
      root: () => undefined,
      signal: controller.signal,
    })
    await reading.next()
    controller.abort(new Error('stopped by the user'))
    await expect(gather(reading)).rejects.toThrow('stopped by the user')
  })

  it('recognises a root by the first bytes, and none where there is none', () => {
    expect(rootOf(new TextEncoder().encode('\ufeff<?xml version="1.0"?>\n<list xmlns="urn:x" a="1"><item>'))).toMatchObject({
      name: 'list',
    })
    for (const text of ['', 'ent_num,name', '<', '<list', '{"a":1}', '<!DOCTYPE', 'PK\u0003\u0004'])
      expect(rootOf(new TextEncoder().encode(text))).toBeNull()
  })
})

describe('hostile XML is refused', () => {
  it('refuses every DOCTYPE, with its line: entity bombs, external entities, external subsets', async () => {
    const bomb = `<!DOCTYPE list [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, k) => `<!ENTITY ${'b'.repeat(k + 2)} "${`&${k === 0 ? 'a' : 'b'.repeat(k + 1)};`.repeat(10)}">`).join('')}]>`
    for (const doctype of [
      bomb,
      '<!DOCTYPE list [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
      '<!DOCTYPE list SYSTEM "http://127.0.0.1/x.dtd">',
      '<!DOCTYPE list>',
    ]) {
      const error = await refusal(`${declared}\n${doctype}\n<list><item>&bbbbbbbbbb;&e;</item></list>`)
      expect(error.message).toContain('DOCTYPE')
      expect(error.place).toEqual({ file: 'list.xml', line: 3 })
    }
  })

  it('refuses entities that nobody declared, and names that objects inherit', async () => {
    for (const name of ['nbsp', 'constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      const error = await refusal(`<list>\n<item>&${name};</item></list>`)
      expect(error.message).toContain('undefined entity')
      expect(error.place.line).toBe(2)
      await refusal(`<list><item a="&${name};"/></list>`)
    }
  })

  it('refuses characters that XML has not, written or as references', async () => {
    for (const text of ['&#0;', '&#xD800;', '&#x110000;', '&#1;', '\u0000', '\u0008', '\ufffe', '&#;', '&#xZZ;', '&;', '&amp'])
      await refusal(`<list><item>${text}</item></list>`)
  })

  it('refuses a document that is cut off anywhere, and never gives a shorter list', async () => {
    const text = `${declared}<list><item>金 &amp; é</item><item a="1"/></list>`
    const bytes = new TextEncoder().encode(text)
    for (let length = 0; length < bytes.length; length++) await refusal(bytes.subarray(0, length), 16)
    expect(await records(bytes)).toHaveLength(2)
  })

  it('refuses what is malformed otherwise', async () => {
    for (const text of [
      '<list><item></list>',
      '<list><item/></list><list/>',
      '<list><item/></list>rest',
      'before<list><item/></list>',
      '<list><item a=1/></list>',
      '<list><item a="1" a="2"/></list>',
      '<list><item>]]></item></list>',
      '<list><item a="<"/></list>',
      '<list><!-- -- --></list>',
      '<list><item/ ></list>',
      '<list></LIST>',
      ' <?xml version="1.0"?><list/>',
      '<list><![CDATA[x]]</list>',
    ]) {
      await refusal(text)
    }
  })

  it('refuses bytes that are no UTF-8 and encodings that it does not read', async () => {
    const latin = Buffer.from('<list>\n<item>José</item></list>', 'latin1')
    expect((await refusal(latin)).message).toContain('no UTF-8 text')
    expect((await refusal('<?xml version="1.0" encoding="ISO-8859-1"?><list/>')).message).toContain('ISO-8859-1')
    expect((await refusal('<?xml version="1.0" encoding="UTF-16"?><list/>')).message).toContain('UTF-16')
    expect((await refusal('<?xml version="1.1"?><list/>')).message).toContain('1.1')
    await refusal(Buffer.from('<list/>', 'utf16le'))
    for (const sequence of [[0xc0, 0xbc], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff]]) {
      await refusal(Buffer.concat([Buffer.from('<list><item>'), Buffer.from(sequence), Buffer.from('</item></list>')]))
    }
  })

  it('refuses more depth, attributes, elements and text than it allows, and takes what it allows', async () => {
    const nested = (depth: number) => `<list>${'<item>'.repeat(depth)}${'</item>'.repeat(depth)}</list>`
    expect(await records(nested(XML_LIMITS.depth - 1))).toHaveLength(1)
    expect((await refusal(nested(XML_LIMITS.depth))).message).toContain('nested')
    const attributes = (count: number) => `<list><item ${Array.from({ length: count }, (_, k) => `a${k}="1"`).join(' ')}/></list>`
    expect(await records(attributes(XML_LIMITS.attributes))).toHaveLength(1)
    expect((await refusal(attributes(XML_LIMITS.attributes + 1))).message).toContain('attributes')
    expect((await refusal(`<list><item>${'<a/>'.repeat(XML_LIMITS.elements)}</item></list>`, 65_536)).message).toContain('elements')
    expect((await refusal(`<list><${'n'.repeat(XML_LIMITS.name + 1)}/></list>`)).message).toContain('name')
  })

  it('refuses texts, comments, attributes, names and records of 10 MB before they are whole', async () => {
    const long = 'x'.repeat(10 * 2 ** 20)
    for (const text of [
      `<item>${long}</item>`,
      `<!-- ${long} -->`,
      `<item a="${long}"/>`,
      `<${long}/>`,
      `<?p ${long}?>`,
      `<item>&${long};</item>`,
      `<item>${`<b>${'y'.repeat(1_000)}</b>`.repeat(10_500)}</item>`,
      long,
    ]) {
      let read = 0
      const file = fileOf(`<list>\n${text}</list>`)
      const counted = {
        ...file,
        async *open() {
          for await (const bytes of file.open()) {
            read += bytes.length
            yield bytes
          }
        },
      }
      await expect(gather(readXml(counted, { records: ['list/item'], root: () => undefined }))).rejects.toMatchObject({
        code: 'list/xml',
      })
      expect(read).toBeLessThan(9 * 2 ** 20)
    }
  })

  it('keeps a name like __proto__ an attribute and nothing else', async () => {
    const [record] = await records('<list><item __proto__="x" constructor="y"/></list>')
    expect(Object.getPrototypeOf(record?.attributes)).toBeNull()
    expect(Object.keys(record?.attributes ?? {})).toEqual(['__proto__', 'constructor'])
  })
})
