import { type Item, UnreadableItemError } from '../../dynamodb/index.ts';
import type { Lead } from '../../lead/index.ts';
import { isErased } from '../chain.ts';
import { parseEntry } from '../entry-items.ts';
import { type Anchor, checkAnchors } from './anchors.ts';
import { checkChain } from './check-chain.ts';
import { checkErasures } from './check-erasures.ts';
import { checkFold } from './check-fold.ts';
import type { Finding } from './finding.ts';
import type { ModelLibrary } from './models.ts';
import type { StoredLedger } from './read-lead.ts';
import { refold } from './refold.ts';
import type { Erasures } from './was-erased.ts';

export interface InspectDeps {
  readonly models: ModelLibrary;
  readonly erasures: Erasures;
}

export interface Inspected {
  /** Of the chain, its erasures and its anchors: while there are any, nobody can say what the ledger holds. */
  readonly chain: readonly Finding[];
  /** Of what the ledger folds to. */
  readonly fold: readonly Finding[];
  /** What the ledger folds to, where it does. */
  readonly lead: Lead | undefined;
}

/** Findings after which the entries are still those that were written. */
const harmless = new Set<Finding['code']>(['state-lost']);

const unfoldable = (error: unknown): Finding => ({
  code: 'unreadable',
  sentence: `its entries can't be folded: ${error instanceof Error ? error.name : 'unknown error'}`,
});

const foldOf = async (
  { models }: InspectDeps,
  entries: readonly Item[],
  state: Item | undefined,
): Promise<Omit<Inspected, 'chain'>> => {
  try {
    const parsed = entries.map(parseEntry);
    const { lead, findings } = refold(parsed, await models.modelsOf(parsed));
    const differs = lead === undefined || state === undefined ? [] : checkFold(state, lead);
    return { lead, fold: [...findings, ...differs] };
  } catch (error) {
    // Whoever forges whole chains may leave entries that no code of ours would have written.
    if (!(error instanceof UnreadableItemError || error instanceof TypeError)) throw error;
    return { lead: undefined, fold: [unfoldable(error)] };
  }
};

/** All that can be told of one lead: whether its chain holds, and whether its state is what the ledger folds to. */
export const inspectLead = async (
  deps: InspectDeps,
  { leadId, state, entries }: StoredLedger,
  anchors: readonly Anchor[] = [],
): Promise<Inspected> => {
  const wasErased = entries.some(isErased) && (await deps.erasures.wasErased(leadId, entries));
  const chain = [
    ...checkChain(entries, state),
    ...checkErasures(entries, wasErased),
    ...checkAnchors(entries, anchors),
  ];
  if (chain.some(({ code }) => !harmless.has(code))) return { chain, fold: [], lead: undefined };
  return { chain, ...(await foldOf(deps, entries, state)) };
};
