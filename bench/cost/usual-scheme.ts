import type { Flow } from '../metered/flow.ts';
import { type CostLine, type Deployed, linesOf } from './lines.ts';
import { costOf } from './prices.ts';

const million = 1_000_000;

/**
 * The same stream by the scheme that is usual: each event in a transaction of its own, whatever else of its lead is in the
 * batch; idempotency in a table beside (a record put before and updated after, each of 1 KB at most, at most one unit
 * each); and what is announced in an outbox item of the transaction (two units), where ours is the ledger itself.
 *
 * @param isolated the stream with one event a lead and batch: each event is a transaction of its own already
 */
export const usualLinesOf = (isolated: Flow, deployed: Deployed): CostLine[] => {
  const announcing = isolated.announcements / isolated.events;
  const idempotency = 2 * million;
  const outbox = 2 * Math.min(1, announcing) * million;
  return [
    ...linesOf(isolated, deployed),
    line('idempotency table', idempotency),
    line('outbox items', outbox),
    // Whoever publishes from an outbox marks, or deletes, what is published.
    line('outbox items, deleted', outbox / 2),
  ];
};

const line = (what: string, units: number): CostLine => ({
  service: 'DynamoDB',
  what,
  amount: units,
  unit: 'units',
  usd: costOf('writeUnit', units),
});
