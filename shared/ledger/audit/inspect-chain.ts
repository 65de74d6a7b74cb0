import { isErased } from '../chain.ts';
import { type Anchor, checkAnchors } from './anchors.ts';
import { checkChain } from './check-chain.ts';
import { checkErasures } from './check-erasures.ts';
import type { Finding } from './finding.ts';
import type { StoredLedger } from './read-lead.ts';
import type { Erasures } from './was-erased.ts';

/** Inspects the chain of one lead, its erasures and its anchors. */
export const inspectChain = async (
  { erasures }: { readonly erasures: Erasures },
  { state, entries }: Pick<StoredLedger, 'state' | 'entries'>,
  anchors: readonly Anchor[],
): Promise<Finding[]> => {
  const wasErased = entries.some(isErased) && (await erasures.wasErased(entries));
  return [
    ...checkChain(entries, state),
    ...checkErasures(entries, wasErased),
    ...checkAnchors(entries, anchors),
  ];
};
