import { stepFailed } from '../errors.ts';
import { filledQueues } from '../queues.ts';
import { counted, type Step } from '../step.ts';
import { readStandings } from '../summaries.ts';
import { until } from '../until.ts';

/**
 * The number of looks in a row at which the queue must be empty: a message that is being handed over is for a moment
 * not counted.
 */
const looksInARow = 3;

export const duplicates: Step = {
  name: 'what comes twice counts once',
  run: async (session) => {
    const before = await readStandings(session);
    const announcedBefore = session.announcements.length;
    await session.put([...session.sent].toReversed());
    await session.put(session.sent);
    let empty = 0;
    await until('the queue of events to be worked off', session.target.pace, async () => {
      const left = await filledQueues(session.target, (name) => name === 'ScoreLeadsQueueUrl');
      empty = Object.keys(left).length === 0 ? empty + 1 : 0;
      return empty < looksInARow ? { instead: JSON.stringify(left) } : { found: true };
    });
    const repeated = await session.collect();
    if (repeated.length > 0)
      throw stepFailed(`announced again: ${repeated.map(({ type }) => type).join(', ')}`);
    const leads = await readStandings(session);
    if (JSON.stringify(leads) !== JSON.stringify(before)) {
      throw stepFailed(`leads changed: ${JSON.stringify(before)}, then ${JSON.stringify(leads)}`);
    }
    return {
      saw: `${counted(2 * session.sent.length, 'duplicate')} in either order made no entry, no version and no announcement beside the ${announcedBefore} before`,
      facts: { leads },
    };
  },
};
