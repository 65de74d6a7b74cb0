import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observeFiles } from '../../cli/calibrate/observe-files.ts';
import { observeTable } from '../../cli/calibrate/observe-table.ts';
import { dayMs } from '../../events/index.ts';
import {
  createGathering,
  type DataSet,
  parseCut,
  parseOutcomeRule,
  type Task,
} from '../../shared/outcomes/index.ts';
import { createScoringWorld, deliver } from '../support/deliveries.ts';
import { buildEntry } from '../support/events.ts';
import { mergingHistory, type SentEvent } from '../support/histories.ts';
import { successReady } from '../support/models.ts';
import { seeded } from '../support/seed.ts';
import { temporaryFiles } from '../support/temporary-files.ts';

const { seed, numRuns } = seeded();
const { folder } = temporaryFiles();
const model = successReady();

const buildTask = (outcome: string, cut: string): Task => {
  const [rule, parsed] = [parseOutcomeRule(outcome), parseCut(cut)];
  if (!rule.ok || !parsed.ok) throw new Error('the test has a wrong rule or cut');
  return { rule: rule.value, cut: parsed.value, withinMs: 30 * dayMs, customerMs: 30 * dayMs, model };
};

const gatherBy = async (
  task: Task,
  observe: (add: ReturnType<typeof createGathering>['add']) => Promise<void>,
): Promise<DataSet> => {
  const gathering = createGathering({ ...task, most: 1_000, seed: 1 });
  await observe(gathering.add);
  return gathering.finish();
};

const fromFile = (events: readonly SentEvent[], { model: { document }, ...task }: Task): Promise<DataSet> => {
  const file = join(folder, 'events.jsonl');
  writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return gatherBy({ ...task, model }, (add) => observeFiles([file], { ...task, document }, add));
};

const fromTable = async (events: readonly SentEvent[], task: Task): Promise<DataSet> => {
  const world = createScoringWorld();
  await deliver(world, ...events);
  const table = { client: world.stores.client, table: 'leads' };
  return gatherBy(task, (add) => observeTable(table, task, add));
};

/** Returns data without the order of names, in which files and ledgers differ. */
const comparable = ({ customers, ...data }: DataSet) => ({
  ...data,
  customers: customers.map((customer) => JSON.stringify(customer)).toSorted(),
});

const tasks = [
  buildTask('won', 'mql'),
  buildTask('(renewed or expanded) and not churned', 'customer'),
  buildTask('not lost', 'created+7d'),
];

describe('what is learnt', () => {
  it('is the same from files and from the ledgers of the same events, merges among them', async () => {
    await fc.assert(
      fc.asyncProperty(mergingHistory, fc.nat({ max: tasks.length - 1 }), async (events, chosen) => {
        const task = tasks[chosen] as Task;
        const [files, table] = [await fromFile(events, task), await fromTable(events, task)];
        expect(comparable(table)).toEqual(comparable(files));
        expect(JSON.stringify(table.rows)).toBe(JSON.stringify(files.rows));
      }),
      { seed, numRuns: numRuns / 20 },
    );
  });

  it('has no erased lead, from wherever it is read', async () => {
    const events = ['l-1', 'l-2'].flatMap((leadId, i) => [
      buildEntry({ type: 'LeadStageChanged', data: { leadId, stage: 'mql' }, id: `s-${i}` }),
      buildEntry({
        type: 'LeadOutcomeRecorded',
        data: { leadId, outcome: 'won' },
        at: '2026-03-20T09:00:00.000Z',
        id: `o-${i}`,
      }),
    ]);
    const erasure = buildEntry({
      type: 'LeadErasureRequested',
      data: { leadId: 'l-2' },
      at: '2026-05-01T09:00:00.000Z',
      id: 'x',
    });
    const last = buildEntry({
      type: 'LeadStageChanged',
      data: { leadId: 'l-3', stage: 'lead' },
      at: '2026-05-20T09:00:00.000Z',
    });
    const [task] = tasks as [Task];
    for (const read of [fromFile, fromTable]) {
      const data = await read([...events, erasure, last], task);
      expect(data.rows.map(({ leadId }) => leadId)).toEqual(['l-1']);
      expect(data.leftOut).toMatchObject({ erased: 1, 'never at the stage of the cut': 1 });
    }
  });
});
