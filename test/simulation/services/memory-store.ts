import type { Change } from '../../../infra/local/engine/memory/database.ts';
import { createMemoryDynamoDb } from '../../../infra/local/engine/memory/memory-dynamodb.ts';
import { indexes } from '../../support/tables.ts';
import type { Faults } from '../faults/faults.ts';
import type { Store } from './database.ts';

const leastScanned = 25;

/** Opens the tables in memory. Pages are small, and the seed decides when an eventually consistent read is stale. */
export const createMemoryStore = (faults: Faults, pageItems: number): Store => {
  let changes: Change[] = [];
  const memory = createMemoryDynamoDb({
    tables: indexes,
    // A scan with one item a page would only be slow.
    pageItems: (read) => (read === 'query' ? pageItems : Math.max(pageItems, leastScanned)),
    now: () => Date.now(),
    isStale: () => faults.strikes('stale'),
    onChange: (change) => changes.push(change),
  });
  const takeChanges = () => {
    const taken = changes;
    changes = [];
    return taken;
  };
  const tables = {
    leads: 'leads',
    quarantine: 'quarantine',
    identities: 'identities',
    requests: 'requests',
    deliveries: 'deliveries',
  };
  return { tables, execute: memory.execute, takeChanges, items: memory.items, stop: async () => {} };
};
