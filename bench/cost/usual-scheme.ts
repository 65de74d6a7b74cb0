import { type CostLine, computeCost } from '../../shared/cost/index.ts';
import type { Flow } from '../metered/flow.ts';
import { computeLines, type Deployed } from './lines.ts';

const million = 1_000_000;

/**
 * Returns the cost of the same stream by the usual scheme: each event in a transaction of its own, whatever else of its
 * lead is in the batch; a separate table for idempotency (a record put before and updated after, each of at most 1 KB,
 * one unit each); and an outbox item in the transaction for each event that announces something (two units), which the
 * ledger makes unnecessary here.
 *
 * @param isolated the stream with one event a lead and batch, in which each event already is a transaction of its own
 */
export const computeUsualLines = (isolated: Flow, deployed: Deployed): CostLine[] => {
  const announcing = isolated.announcements / isolated.events;
  const idempotency = 2 * million;
  const outbox = 2 * Math.min(1, announcing) * million;
  return [
    ...computeLines(isolated, deployed),
    line('idempotency table', idempotency),
    line('outbox items', outbox),
    // A publisher that reads an outbox marks or deletes the published items.
    line('outbox items, deleted', outbox / 2),
  ];
};

const line = (what: string, units: number): CostLine => ({
  service: 'DynamoDB',
  what,
  amount: units,
  unit: 'units',
  usd: computeCost('writeUnit', units),
});
