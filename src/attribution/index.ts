export type { Entity, EntityKind, Tag, TagStore } from './tag.ts'
