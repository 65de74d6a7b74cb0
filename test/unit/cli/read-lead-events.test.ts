import { describe, expect, it } from 'vitest';
import { readLeadEvents } from '../../../cli/calibrate/read-lead-events.ts';
import { readLead } from '../../../shared/ledger/index.ts';
import { createScoringWorld, deliver } from '../../support/deliveries.ts';
import { buildEntry, type EventInput } from '../../support/events.ts';

const entry = (id: string, day: string, type: EventInput['type'], data: EventInput['data'] = {}) =>
  buildEntry({ type, data, at: `2026-03-${day}T09:00:00.000Z`, id });

const stands = (id: string, day: string, stage: string) => entry(id, day, 'LeadStageChanged', { stage });

const createTable = async (...entries: readonly unknown[]) => {
  const world = createScoringWorld();
  await deliver(world, ...entries);
  const table = { client: world.stores.client, table: 'leads' };
  return { world, table, read: () => readLead(table.client, table.table, 'l-1') };
};

describe('a table that changes while it is read', () => {
  it('gives a lead as it was at one moment, though a scan has read its entries before a commit and its state after it', async () => {
    const { world, table, read } = await createTable(stands('a', '02', 'lead'));
    const before = await read();
    await deliver(world, stands('b', '01', 'mql'));
    const torn = { ...(await read()), entries: before.entries };
    const events = await readLeadEvents(table, torn);
    expect(events).toMatchObject({ events: [{ data: { stage: 'mql' } }, { data: { stage: 'lead' } }] });
  });

  it('gives nothing of a lead that is erased meanwhile', async () => {
    const { world, table, read } = await createTable(stands('a', '02', 'mql'));
    const before = await read();
    await deliver(world, entry('x', '03', 'LeadErasureRequested'));
    expect(await readLeadEvents(table, { ...before, state: (await read()).state })).toBe('erased');
  });

  it('gives the events of merged leads with their survivor, and none by themselves', async () => {
    const { table, read } = await createTable(
      entry('a', '01', 'LeadStageChanged', { leadId: 'l-2', stage: 'mql' }),
      stands('b', '02', 'lead'),
      entry('m', '03', 'LeadsMerged', { mergedLeadId: 'l-2' }),
    );
    const survivor = await readLeadEvents(table, await read());
    expect(survivor).toHaveProperty('events.length', 4);
    const merged = await readLead(table.client, table.table, 'l-2');
    expect(await readLeadEvents(table, merged)).toBe('merged into another');
  });
});
