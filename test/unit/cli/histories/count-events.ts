import { resourceLimits } from 'node:worker_threads';
import { CliError } from '../../../../cli/errors.ts';
import { readHistories } from '../../../../cli/histories/read-histories.ts';

export interface CountProps {
  /** The lead at which counting fails. */
  readonly failsAt?: string;
  /** The lead at which the thread ends. */
  readonly endsAt?: string;
  /** The lead at which a thread with limits runs out of memory. */
  readonly fillsAt?: string;
}

/** Takes more memory than a thread with limits has. */
const fillMemory = (): void => {
  const most = resourceLimits.maxOldGenerationSizeMb ?? 0;
  const held: number[][] = [];
  while (most > 0 && most < 1_000) held.push(Array.from({ length: 100_000 }, (_, i) => i + 0.5));
};

/** Counts the events of a partition, for the tests of threads. */
export const work = (partition: string, { failsAt, endsAt, fillsAt }: CountProps): number => {
  let events = 0;
  for (const history of readHistories(partition)) {
    if (history.leadId === failsAt)
      throw new CliError('COUNT_FAILED', `the count failed at ${failsAt}`, { details: ['a detail'] });
    if (history.leadId === endsAt) process.exit(3);
    if (history.leadId === fillsAt) fillMemory();
    events += history.events.length;
  }
  return events;
};
