export { attributeClusters, type ClusterAttribution, type TaggedAccount, taggedAccounts, taggedEntities } from './attribute.ts'
export { type ChangeLayerOptions, clusterByChange } from './change-layer.ts'
export type {
  ClusterConflict,
  ClusterCounts,
  ClusterEvidence,
  ClusterId,
  ClusterLayer,
  ClusterStep,
  Clusters,
} from './clusters.ts'
export { collaborativeByCoinJoin } from './collaborative.ts'
export type { TaggedEntities } from './entities.ts'
export { type ClusterOptions, clusterAccounts } from './multi-input.ts'
export { type FoundClusters, searchClusters } from './search.ts'
export type { CollaborativeTest } from './walk.ts'
