import { stages, tiers } from '../../events/index.ts';
import { CliError } from '../errors.ts';
import { isDeadLetterQueue, type RunningStack } from '../stack/run-stack.ts';
import { countItems, countQuarantined, readStates } from '../table/read-table.ts';
import type { Announcements } from './announcements.ts';
import type { Fed } from './feed.ts';

/** The result of a run in numbers. */
export interface Summary {
  readonly received: number;
  readonly recorded: number;
  readonly duplicates: number;
  readonly quarantined: number;
  /** The number of changes that time alone made. */
  readonly clockEvents: number;
  /** The deadlines of hand-offs that passed before anybody answered. */
  readonly expiredDeadlines: number;
  readonly announced: number;
  /** The leads whose history was loaded, and that were announced afterwards, as they stood. */
  readonly settled: number;
  /** Those for which that is still to come. */
  readonly unsettled: number;
  readonly leads: number;
  readonly byStage: Readonly<Record<string, number>>;
  readonly byTier: Readonly<Record<string, number>>;
}

/** Summarizes a run from the tables. Duplicates leave no trace there, so their number comes from the metrics. */
export const summarize = async (
  running: RunningStack,
  { received }: Fed,
  announcements: Pick<Announcements, 'of' | 'total'>,
): Promise<Summary> => {
  const { client, leadsTable, quarantineTable, counters } = running;
  const byStage = Object.fromEntries(stages.map((stage) => [stage, 0]));
  const byTier = Object.fromEntries(tiers.map((tier) => [tier, 0]));
  let leads = 0;
  let unsettled = 0;
  for await (const { stage, tier, announced } of readStates(client, leadsTable)) {
    leads++;
    if (announced !== undefined) unsettled++;
    byStage[stage] = (byStage[stage] ?? 0) + 1;
    byTier[tier] = (byTier[tier] ?? 0) + 1;
  }
  const { entries, clockEntries, leadsWithHistory } = await countItems(client, leadsTable);
  return {
    received,
    recorded: entries,
    duplicates: counters.of('EventsDuplicate'),
    quarantined: await countQuarantined(client, quarantineTable),
    clockEvents: clockEntries,
    expiredDeadlines: announcements.of('HandoffExpired'),
    announced: announcements.total(),
    settled: Math.max(0, leadsWithHistory - unsettled),
    unsettled,
    leads,
    byStage,
    byTier,
  };
};

/**
 * Asserts that every event of a run was recorded, recognized as a duplicate or quarantined.
 *
 * @throws CliError if events were lost or given up
 */
export const assertNothingLost = ({ stack }: RunningStack, summary: Summary): void => {
  const { received, recorded, duplicates, quarantined } = summary;
  const dead = Object.entries(stack.queues()).filter(
    ([name, { visible }]) => isDeadLetterQueue(name) && visible > 0,
  );
  if (dead.length > 0) {
    const list = dead.map(([name, { visible }]) => `${name}: ${visible}`).join(', ');
    throw new CliError(
      'DEAD_LETTERS',
      `some messages were given up after all retries and are in dead-letter queues: ${list}`,
    );
  }
  // A message that is delivered again, since its batch was late or failed in part, is one more duplicate.
  if (recorded + duplicates + quarantined < received || recorded + quarantined > received) {
    throw new CliError(
      'BOOKS_DO_NOT_BALANCE',
      `received ${received}, but recorded ${recorded} + duplicates ${duplicates} + quarantined ${quarantined} = ${recorded + duplicates + quarantined}`,
    );
  }
};
