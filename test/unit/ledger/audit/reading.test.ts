import { describe, expect, it } from 'vitest';
import { type Command, createMemoryDynamoDb } from '../../../../infra/local/engine/memory/memory-dynamodb.ts';
import type { Key } from '../../../../shared/keys/index.ts';
import { decideAll, type JudgedEvent } from '../../../../shared/lead/index.ts';
import {
  checkChain,
  createAuditor,
  createDynamoDbLedger,
  prepareCommit,
  readLead,
  type StoredLedger,
  type WalkedLead,
  walkTable,
} from '../../../../shared/ledger/index.ts';
import { buildSignal } from '../../../support/events.ts';
import { createClient } from '../../../support/memory-dynamodb.ts';
import { storeModel } from '../../../support/store-model.ts';
import { small } from './ledgers.ts';

const table = 'leads';

/** Creates a table that may be written between any two reads. */
const world = (pageItems?: number) => {
  const memory = createMemoryDynamoDb({
    tables: { [table]: [] },
    ...(pageItems !== undefined && { pageItems: () => pageItems }),
  });
  const quiet = createClient(async (command) => memory.execute(command));
  const ledger = createDynamoDbLedger({ client: quiet, table });
  let events = 0;

  const commit = async (leadId: string): Promise<void> => {
    const at = new Date(Date.parse('2026-03-01T00:00:00.000Z') + events * 60_000).toISOString();
    const data = { leadId, activity: 'demo_requested' };
    const event: JudgedEvent = buildSignal({ type: 'LeadActivityRecorded', data, at, id: `e-${events++}` });
    const before = (await ledger.load([leadId])).get(leadId);
    await ledger.append(
      prepareCommit(decideAll(small, before as Parameters<typeof decideAll>[1], [event], 0)),
    );
  };

  /** Creates a client that calls `happens` before each command, with the number of the command. */
  const clientWith = (happens: (command: number) => Promise<void>) => {
    let count = 0;
    return createClient(async (command: Command) => {
      await happens(count++);
      return memory.execute(command);
    });
  };

  return { quiet, commit, clientWith };
};

const versionOf = ({ state }: StoredLedger): number => Number(state?.version?.N);
const holds = ({ entries, state }: StoredLedger) => checkChain(entries, state);

describe('reading a lead', () => {
  it.each([0, 1, 2, 3, 4])(
    'returns a consistent lead, even if a commit happens before read %d',
    async (n) => {
      const { commit, clientWith } = world();
      await commit('l-1');
      await commit('l-1');
      const read = await readLead(
        clientWith(async (i) => (i === n ? commit('l-1') : undefined)),
        table,
        'l-1',
      );
      expect(holds(read)).toEqual([]);
      expect(read.entries).toHaveLength(versionOf(read));
    },
  );

  it('returns it up to a version if the lead is written all the time', async () => {
    const { commit, clientWith } = world();
    await commit('l-1');
    const read = await readLead(
      clientWith(() => commit('l-1')),
      table,
      'l-1',
    );
    expect(holds(read)).toEqual([]);
    expect(read.entries).toHaveLength(versionOf(read));
  });

  it('returns nothing for a lead that does not exist', async () => {
    expect(await readLead(world().quiet, table, 'nobody')).toEqual({
      leadId: 'nobody',
      state: undefined,
      entries: [],
    });
  });
});

describe('walking over a table', () => {
  const leads = Array.from({ length: 9 }, (_, i) => `l-${i}`);
  const filled = async (pageItems?: number) => {
    const made = world(pageItems);
    for (let i = 0; i < 3; i++) for (const leadId of leads) await made.commit(leadId);
    // A model is in the same table, and is no lead.
    await storeModel({ client: made.quiet, table }, small);
    return made;
  };
  const walk = (
    { quiet }: ReturnType<typeof world>,
    segment = 0,
    segments = 1,
    after?: Key,
  ): Promise<WalkedLead[]> => Array.fromAsync(walkTable(quiet, table, { segment, segments, after }));

  it.each([1, 2, 5, 100])('yields each lead complete, in pages of %d items', async (pageItems) => {
    const walked = await walk(await filled(pageItems));
    expect(walked.map(({ leadId }) => leadId).sort()).toEqual(leads);
    for (const lead of walked) expect([holds(lead), lead.entries.length]).toEqual([[], 3]);
  });

  it('reads each lead in one segment', async () => {
    const made = await filled();
    const segments = await Promise.all([0, 1, 2].map((segment) => walk(made, segment, 3)));
    expect(
      segments
        .flat()
        .map(({ leadId }) => leadId)
        .sort(),
    ).toEqual(leads);
  });

  it('continues after any lead, and leaves none out', async () => {
    const made = await filled(2);
    const walked = await walk(made);
    for (const [i, { last }] of walked.entries()) {
      const rest = await walk(made, 0, 1, last);
      expect(rest.map(({ leadId }) => leadId)).toEqual(walked.slice(i + 1).map(({ leadId }) => leadId));
    }
  });

  it('reports nothing for a lead that a commit tore apart, once it is read again', async () => {
    const made = await filled();
    const [first] = await walk(made);
    const torn = { ...(first as WalkedLead), entries: (first as WalkedLead).entries.slice(1) };
    expect(holds(torn)).not.toEqual([]);
    const auditor = createAuditor({ client: made.quiet, table });
    expect((await auditor.auditWalked(torn)).findings).toEqual([]);
  });
});
