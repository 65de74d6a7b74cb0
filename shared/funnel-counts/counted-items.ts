import { getItems, type Item, S, type TableProps, text, UnreadableItemError } from '../dynamodb/index.ts';
import { funnelKey, parseLeadKey } from '../keys/index.ts';
import { findCell } from './cell.ts';
import type { Counted } from './standing.ts';

/** The attributes of a lead's item in the funnel, beside its key. They tell nothing personal: an erasure leaves them. */
export const countedAttributes = ['countedPosition', 'cell'] as const;

/** Returns the attributes of what was counted of a lead. */
export const countedFields = ({ position, cell }: Counted): Item => ({
  countedPosition: S(position),
  ...(cell !== undefined && { cell: S(cell) }),
});

/** Parses what was counted of a lead. @throws UnreadableItemError */
export const parseCounted = (item: Item): Counted => {
  const cell = item.cell === undefined ? undefined : findCell(text(item, 'cell'));
  if (item.cell !== undefined && cell === undefined) throw new UnreadableItemError(item, 'cell');
  return { position: text(item, 'countedPosition'), cell };
};

/** The last counts of leads, and the leads whose item can't be read. */
export interface CountedLeads {
  readonly counted: ReadonlyMap<string, Counted>;
  readonly unreadable: ReadonlySet<string>;
}

/** Reads what was counted of leads, consistently. An item that can't be read stops no other. */
export const readCounted = async (props: TableProps, leadIds: readonly string[]): Promise<CountedLeads> => {
  const items = await getItems(props, leadIds.map(funnelKey), ['pk', 'sk', ...countedAttributes]);
  const counted = new Map<string, Counted>();
  const unreadable = new Set<string>();
  for (const item of items) {
    const leadId = parseLeadKey(text(item, 'pk'));
    try {
      counted.set(leadId, parseCounted(item));
    } catch (error) {
      if (!(error instanceof UnreadableItemError)) throw error;
      unreadable.add(leadId);
    }
  }
  return { counted, unreadable };
};
