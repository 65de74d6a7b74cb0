import { type Item, UnreadableItemError } from '../../dynamodb/index.ts';
import type { Lead } from '../../lead/index.ts';
import { parseEntry } from '../entry-items.ts';
import type { Anchor } from './anchors.ts';
import { checkFold } from './check-fold.ts';
import type { Finding } from './finding.ts';
import { inspectChain } from './inspect-chain.ts';
import type { ModelLibrary } from './models.ts';
import type { StoredLedger } from './read-lead.ts';
import { refold } from './refold.ts';
import type { Erasures } from './was-erased.ts';

export interface InspectDeps {
  readonly models: ModelLibrary;
  readonly erasures: Erasures;
}

export interface Inspected {
  /** Findings about the chain, its erasures and its anchors. If there are any, the ledger is not folded. */
  readonly chain: readonly Finding[];
  /** Findings about the fold of the ledger, and about the state's differences from it. */
  readonly fold: readonly Finding[];
  /** The fold of the ledger; undefined if it can't be folded. */
  readonly lead: Lead | undefined;
}

const unfoldable = (error: unknown): Finding => ({
  code: 'unreadable',
  sentence: `its entries can't be folded: ${error instanceof Error ? error.name : 'unknown error'}`,
});

const inspectFold = async (
  { models }: InspectDeps,
  entries: readonly Item[],
  state: Item | undefined,
): Promise<Omit<Inspected, 'chain'>> => {
  try {
    const parsed = entries.map(parseEntry);
    const { lead, findings } = refold(parsed, await models.readModels(parsed));
    return { lead, fold: [...findings, ...checkFold(state, lead)] };
  } catch (error) {
    // A forger of whole chains may leave entries that Sluice would never have written.
    if (!(error instanceof UnreadableItemError || error instanceof TypeError)) throw error;
    return { lead: undefined, fold: [unfoldable(error)] };
  }
};

/** Inspects one lead: whether its chain and its anchors are valid, and whether its state is the fold of its ledger. */
export const inspectLead = async (
  deps: InspectDeps,
  { state, entries }: Pick<StoredLedger, 'state' | 'entries'>,
  anchors: readonly Anchor[] = [],
): Promise<Inspected> => {
  const chain = await inspectChain(deps, { state, entries }, anchors);
  if (chain.length > 0 || entries.length === 0) return { chain, fold: [], lead: undefined };
  return { chain, ...(await inspectFold(deps, entries, state)) };
};
