export {
  type Anchor,
  anchorDigest,
  anchorLine,
  checkAnchors,
  parseAnchorLine,
} from './anchors.ts';
export { type Audited, type Auditor, createAuditor } from './auditor.ts';
export { checkChain } from './check-chain.ts';
export { checkErasures } from './check-erasures.ts';
export { checkFold } from './check-fold.ts';
export { byPosition, type EntryPosition, formatPosition } from './entry-position.ts';
export type { Finding, FindingCode } from './finding.ts';
export { type InspectDeps, type Inspected, inspectLead } from './inspect-lead.ts';
export {
  type AnchorManifest,
  type AnchorPart,
  hashBody,
  isManifestKey,
  manifestKey,
  parseManifest,
  partKey,
} from './manifest.ts';
export { createModelLibrary, type ModelLibrary, type ModelOf } from './models.ts';
export { readLead, type StoredLedger } from './read-lead.ts';
export { type Refolded, refold } from './refold.ts';
export { restoreState } from './restore-state.ts';
export { type Segment, type WalkedLead, walkTable } from './walk-table.ts';
export { createErasures, type Erasures } from './was-erased.ts';
