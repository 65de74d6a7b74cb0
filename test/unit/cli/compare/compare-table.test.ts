import { describe, expect, it } from 'vitest';
import { compareFiles } from '../../../../cli/compare/compare-files.ts';
import { compareTable } from '../../../../cli/compare/compare-table.ts';
import { createScoringWorld, deliver } from '../../../support/deliveries.ts';
import { now } from '../../../support/events.ts';
import { temporaryFiles } from '../../../support/temporary-files.ts';
import { entries, models } from './fixture.ts';

const { inFolder } = temporaryFiles();
const events = inFolder('events.jsonl', entries.map((entry) => JSON.stringify(entry)).join('\n'));

describe('a comparison on the leads of a stack', () => {
  it('has the figures of one on the events that the leads came from, win rates included', async () => {
    const pair = models();
    const world = createScoringWorld({ model: pair.a });
    await deliver(world, ...entries);
    const props = { models: pair, at: now, mostMoves: 100 };
    const ofTable = await compareTable({ ...props, client: world.stores.client, table: 'leads' });
    const ofFiles = await compareFiles({ ...props, files: [events], now });
    expect(ofTable.tally).toEqual(ofFiles.tally);
    expect(ofTable.moves).toEqual(ofFiles.moves);
    expect(ofTable.tally.wins.a.good).toEqual({ won: 10, lost: 2 });
  });

  it('knows the end of a lead from the ledgers of all leads that were merged into it', async () => {
    const pair = models();
    const world = createScoringWorld({ model: pair.a });
    const [demo, executive] = entries;
    const say = (entry: typeof demo, leadId: string, id: string) => ({
      ...entry,
      detail: {
        metadata: { ...entry?.detail.metadata, eventId: id },
        data: { ...entry?.detail.data, leadId },
      },
    });
    const at = '2026-03-05T00:00:00.000Z';
    const event = (type: string, data: object, id: string) => ({
      source: 'test.producer',
      'detail-type': type,
      time: at,
      detail: { metadata: { eventId: id, occurredAt: at, schemaVersion: 1 }, data },
    });
    await deliver(
      world,
      say(demo, 'one', 'd'),
      say(executive, 'two', 'x'),
      event('LeadsMerged', { leadId: 'one', mergedLeadId: 'two' }, 'm'),
      event('LeadOutcomeRecorded', { leadId: 'one', outcome: 'won' }, 'w'),
    );
    const props = { models: pair, at: now, mostMoves: 100, client: world.stores.client, table: 'leads' };
    const { tally } = await compareTable(props);
    expect(tally.wins.a.good).toEqual({ won: 1, lost: 0 });
  });
});
