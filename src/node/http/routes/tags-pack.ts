import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { attachment } from '../../files/index.ts'
import type { NodeParts } from '../../parts.ts'
import { markedTagPack } from '../../tracing/index.ts'
import { door } from '../door.ts'

/** Tags of one's own, to be taken elsewhere. */
export function tagPackRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/tags/tagpack.yaml',
      scope: 'exports:make',
      action: 'tag.export',
      summary: 'Fetch the tags that you may read as a TagPack (GraphSense)',
      description:
        'Tag objects, oldest first; not the tags of the node’s files. Other tools read it, and this one: as a file of tags, or by `cordon … --tags`. Its description says how the tags are marked: that goes for the file.',
      tag: 'tags',
      answers: { 200: Type.String({ description: 'YAML' }) },
    },
    async (ask) => {
      const { text, count } = await markedTagPack(ask)
      ask.detail.tags = count
      return { body: text, headers: { 'content-type': 'application/yaml', 'content-disposition': attachment('tags.yaml') } }
    },
  )
}
