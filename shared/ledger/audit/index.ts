export {
  type Anchor,
  anchorDigest,
  anchorLine,
  parseAnchorLine,
} from './anchors.ts';
export { type Audited, type Auditor, createAuditor } from './auditor.ts';
export { checkChain } from './check-chain.ts';
export { byPosition, formatPosition } from './entry-position.ts';
export type { Finding } from './finding.ts';
export { inspectChain } from './inspect-chain.ts';
export { type InspectDeps, inspectLead } from './inspect-lead.ts';
export {
  type AnchorManifest,
  type AnchorPart,
  hashBody,
  isManifestKey,
  manifestKey,
  parseManifest,
  partKey,
  runInstantOf,
} from './manifest.ts';
export { createModelLibrary } from './models.ts';
export { readLead, type StoredLedger } from './read-lead.ts';
export { refold } from './refold.ts';
export { restoreState } from './restore-state.ts';
export { type WalkedLead, walkTable } from './walk-table.ts';
export { createErasures } from './was-erased.ts';
