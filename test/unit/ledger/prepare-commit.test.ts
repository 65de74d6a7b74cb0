import { describe, expect, it } from 'vitest';
import { decideAll, type SignalEvent } from '../../../shared/lead/index.ts';
import {
  buildWrites,
  createDynamoDbLedger,
  hashItem,
  prepareCommit,
  readLead,
} from '../../../shared/ledger/index.ts';
import { buildSignal } from '../../support/events.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';
import { storedAfter } from '../../support/stored.ts';

const model = compileDocument(smallDocument());
const visit = (id: string): SignalEvent =>
  buildSignal({ type: 'LeadActivityRecorded', data: { activity: 'page_visited' }, id });
const commit = decideAll(model, undefined, [visit('e-1'), visit('e-2')], 0);

const openLedger = () => {
  const client = memoryClient({ tables: { leads: [] } });
  return {
    ledger: createDynamoDbLedger({ client, table: 'leads' }),
    entries: async () => (await readLead(client, 'leads', 'l-1')).entries,
  };
};

describe('a prepared commit', () => {
  it('has the hash of its last entry as its head', () => {
    const { items, head } = prepareCommit(commit);
    expect(items.entries.map(hashItem).at(-1)).toBe(head);
  });

  it('has new salts each time that it is prepared, and so another head', () => {
    const [one, other] = [prepareCommit(commit), prepareCommit(commit)];
    expect(one.head).not.toBe(other.head);
    expect(one.items.entries.map(({ salt }) => salt)).not.toEqual(
      other.items.entries.map(({ salt }) => salt),
    );
  });

  it('can be written by way of a copy', () => {
    const prepared = prepareCommit(commit);
    expect(buildWrites('leads', { ...prepared })).toEqual(buildWrites('leads', prepared));
    expect(buildWrites('leads', { ...prepared, commit: { ...commit } })).toEqual(
      buildWrites('leads', prepared),
    );
  });

  it.each([
    ['itself', prepareCommit(commit)],
    ['a copy', { ...prepareCommit(commit) }],
    ['a copy of its commit, too', { ...prepareCommit(commit), commit: { ...commit } }],
  ])(
    'is answered with the head that was written, which the next commit continues: %s',
    async (_what, given) => {
      const { ledger, entries } = openLedger();
      expect(await ledger.append(given)).toEqual({ kind: 'appended', head: given.head });
      expect((await ledger.load(['l-1'])).get('l-1')?.head).toBe(given.head);
      expect((await entries()).map(hashItem)).toContain(given.head);
      const next = prepareCommit(decideAll(model, storedAfter(given), [visit('e-3')], 0));
      expect(await ledger.append(next)).toMatchObject({ kind: 'appended' });
      const third = (await entries()).find(({ sk }) => sk?.S?.endsWith('#e-3'));
      expect(Buffer.from(third?.prev?.B ?? []).toString('base64')).toBe(given.head);
    },
  );
});
