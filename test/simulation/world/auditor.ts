import { openCheckpoint } from '../../../cli/rebuild/checkpoint.ts';
import { rebuildTable } from '../../../cli/rebuild/rebuild-table.ts';
import { createActor } from '../scheduler/actor.ts';
import type { World } from './world.ts';

const segments = 2;

/** Audits all leads and rebuilds those that differ, as the command does. On a sound table none ever differs. */
export const auditOnce = async ({ portsOf, log }: World): Promise<void> => {
  const { database: client, tables, now } = portsOf(createActor('auditor', 0.5));
  const table = tables.leads;
  const dryRun = false;
  await rebuildTable({
    client,
    table,
    now,
    segments,
    dryRun,
    trustModels: false,
    checkpoint: openCheckpoint(undefined, { table, segments, dryRun }),
    onLead: (leadId, { outcome, findings }) =>
      log.audited.push(
        `${leadId} ${outcome}: ${findings.map(({ code, sentence }) => `${code}, ${sentence}`).join('; ')}`,
      ),
    onItems: () => {},
    // If the table was unavailable, an operator would try again.
  }).catch(() => undefined);
};

const longestPauseMs = 3_000;
const audits = 3;

/** Audits now and then while faults strike. */
export const auditInStorm = async (world: World): Promise<void> => {
  const actor = createActor('auditors-clock');
  for (let i = 0; i < audits; i++) {
    await world.scheduler.sleep(actor, world.random.between(0, longestPauseMs));
    await auditOnce(world);
  }
};
