import { stepFailed } from '../errors.ts';
import { filledQueues } from '../queues.ts';
import { standings } from '../retell.ts';
import { counted, type Step } from '../step.ts';
import { until } from '../until.ts';

/** Looks at which the queue must be empty in a row: a message that is handed over is for a moment nowhere to be seen. */
const looksInARow = 3;

export const duplicates: Step = {
  name: 'what comes twice counts once',
  run: async (session) => {
    const before = await standings(session);
    const heardBefore = session.announcements.length;
    await session.put([...session.sent].toReversed());
    await session.put(session.sent);
    let empty = 0;
    await until('the queue of events to be worked off', session.target.pace, async () => {
      const left = await filledQueues(session.target, (name) => name === 'ScoreLeadsQueueUrl');
      empty = Object.keys(left).length === 0 ? empty + 1 : 0;
      return empty < looksInARow ? { instead: JSON.stringify(left) } : { found: true };
    });
    const heard = await session.collect();
    if (heard.length > 0) throw stepFailed(`announced again: ${heard.map(({ type }) => type).join(', ')}`);
    const leads = await standings(session);
    if (JSON.stringify(leads) !== JSON.stringify(before)) {
      throw stepFailed(`leads changed: ${JSON.stringify(before)}, then ${JSON.stringify(leads)}`);
    }
    return {
      saw: `${counted(2 * session.sent.length, 'duplicate')} in either order made no entry, no version and no announcement beside the ${heardBefore} before`,
      facts: { leads },
    };
  },
};
