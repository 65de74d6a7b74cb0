import { outboundContracts, type Stage, type Tier } from '../../events/index.ts';
import { type Item, text } from '../../shared/dynamodb/index.ts';
import { buildPositionKey, funnelKey } from '../../shared/keys/index.ts';

type Cell = `${Stage}/${Tier}`;

/** The place of a lead after an entry of its ledger. A lead without a cell is closed. */
export interface Placed {
  readonly leadId?: string;
  readonly version: number;
  readonly ordinal?: number;
  readonly cell?: Cell | undefined;
  readonly at?: string;
}

/** Returns the announcement of a change, as the bus delivers it. */
export const announce = ({
  leadId = 'l-1',
  version,
  ordinal = 0,
  cell,
  at = '2026-03-01T09:00:00.000Z',
}: Placed) => {
  const { sampleEvent } = outboundContracts[cell === undefined ? 'LeadErased' : 'LeadTierChanged'];
  const { detail } = sampleEvent;
  const [stage, tier] = cell?.split('/') ?? [];
  return {
    ...sampleEvent,
    detail: {
      metadata: { ...detail.metadata, occurredAt: at },
      data: {
        ...detail.data,
        leadId,
        version,
        ordinal,
        ...(cell !== undefined && { stage, tier, to: tier }),
      },
    },
  };
};

/** Returns the item with what was counted of a lead. */
export const countedItem = ({ leadId = 'l-1', version, ordinal = 0, cell }: Placed): Item => {
  const { pk, sk } = funnelKey(leadId);
  return {
    pk: { S: pk },
    sk: { S: sk },
    countedPosition: { S: buildPositionKey({ version, ordinal }) },
    ...(cell !== undefined && { cell: { S: cell } }),
  };
};

/** Sums the counters whose sort key begins with a word, without those that are zero. */
export const sumCounters = (items: readonly Item[], beginning: string): Record<string, number> => {
  const sums = new Map<string, number>();
  for (const item of items) {
    if (!text(item, 'pk').startsWith('FUNNEL#') || !text(item, 'sk').startsWith(beginning)) continue;
    for (const [name, { N }] of Object.entries(item))
      if (N !== undefined) sums.set(name, (sums.get(name) ?? 0) + Number(N));
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));
};

/** Returns the stock that the counters have, by cell. */
export const stockOf = (items: readonly Item[]): Record<string, number> => {
  const { moves: _moves, ...stock } = sumCounters(items, 'STOCK');
  return stock;
};
