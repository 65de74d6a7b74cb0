import { type AdvanceLeadsDeps, advanceLeads } from '../../../functions/advance-leads/advance-leads.ts';
import { createClockProgress } from '../../../functions/advance-leads/clock-progress.ts';
import { createDueItemReader } from '../../../functions/advance-leads/due-items.ts';
import { createSqsSender } from '../../../functions/advance-leads/due-queues.ts';
import { createLeadPageReader } from '../../../functions/advance-leads/leads-without-due-time.ts';
import { countFunnel } from '../../../functions/count-funnel/count-funnel.ts';
import { eraseLead } from '../../../functions/erase-lead/erase-lead.ts';
import { handOff } from '../../../functions/hand-off/hand-off.ts';
import { createAnnouncingBus } from '../../../functions/publish-changes/announcing-bus.ts';
import { publishChanges } from '../../../functions/publish-changes/publish-changes.ts';
import { recountFunnel } from '../../../functions/recount-funnel/recount-funnel.ts';
import { memoizeEnsureStored } from '../../../functions/score-leads/active-model.ts';
import { scoreLeads } from '../../../functions/score-leads/score-leads.ts';
import { startNurture } from '../../../functions/start-nurture/start-nurture.ts';
import { createDynamoDbFollowUps } from '../../../shared/follow-ups/index.ts';
import { drawPartition } from '../../../shared/funnel-counts/index.ts';
import { createDynamoDbEraser, createDynamoDbLedger } from '../../../shared/ledger/index.ts';
import { createDynamoDbModelStore, createPolicyReader } from '../../../shared/model-store/index.ts';
import { createDynamoDbQuarantine } from '../../../shared/quarantine/index.ts';
import type { Ports } from './ports.ts';

type ReadDueItems = AdvanceLeadsDeps['readDueItems'];

async function* none(): AsyncIterable<never> {}

/** Answers reads of partitions that never had an item at once: weeks have thousands of them. */
const readingUsed =
  (read: ReadDueItems, isEverDue: Ports['isEverDue']): ReadDueItems =>
  (dueKey, until) =>
    isEverDue(dueKey) ? read(dueKey, until) : none();

/** The product's functions, wired as their handlers wire them, but to the ports of the run. */
export const starters = {
  'score-leads': ({ database: client, tables, wait, now, model }: Ports) => {
    const props = { client, table: tables.leads, wait };
    return scoreLeads({
      ledger: createDynamoDbLedger(props),
      quarantine: createDynamoDbQuarantine(client, tables.quarantine),
      model,
      ensureModelStored: memoizeEnsureStored(createDynamoDbModelStore({ ...props, now }), model),
      wait,
      now,
    });
  },
  'publish-changes': ({ bus, wait }: Ports) =>
    publishChanges({ bus: createAnnouncingBus({ client: bus, busName: 'bus', pause: wait }) }),
  'start-nurture': ({ database: client, tables, wait, now }: Ports) =>
    startNurture({
      followUps: createDynamoDbFollowUps(client, tables.leads),
      readPolicy: createPolicyReader({ client, table: tables.leads, wait }),
      now,
    }),
  'hand-off': ({ database: client, tables, wait, now }: Ports) =>
    handOff({
      followUps: createDynamoDbFollowUps(client, tables.leads),
      readPolicy: createPolicyReader({ client, table: tables.leads, wait }),
      now,
    }),
  'advance-leads': ({ database: client, tables, sqs, now, isEverDue }: Ports) =>
    advanceLeads({
      readDueItems: readingUsed(createDueItemReader(client, tables.leads), isEverDue),
      readLeadPage: createLeadPageReader(client, tables.leads),
      send: createSqsSender(sqs, { lead: 'score-leads', handoff: 'hand-off', nurture: 'start-nurture' }),
      progress: createClockProgress(client, tables.leads),
      now,
    }),
  'count-funnel': ({ database: client, tables, wait, now }: Ports) =>
    countFunnel({ client, table: tables.leads, partition: drawPartition(Math.random), wait, now }),
  'recount-funnel': ({ database: client, tables, wait, now }: Ports) =>
    recountFunnel({
      client,
      table: tables.leads,
      partition: drawPartition(Math.random),
      wait,
      now,
      segments: 2,
      pageSize: 40,
      budgetMs: 5_000,
    }),
  'erase-lead': ({ database: client, tables, now }: Ports) =>
    eraseLead({
      ledger: createDynamoDbEraser({ client, table: tables.leads }),
      quarantine: createDynamoDbQuarantine(client, tables.quarantine),
      followUps: createDynamoDbFollowUps(client, tables.leads),
      now,
    }),
} as const;

export type FunctionName = keyof typeof starters;
