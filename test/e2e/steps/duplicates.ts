import { stepFailed } from '../errors.ts';
import { untilEmpty } from '../queues.ts';
import { counted, type Step } from '../step.ts';
import { readStandings } from '../summaries.ts';

export const duplicates: Step = {
  name: 'a repeated event counts once',
  run: async (session) => {
    const before = await readStandings(session);
    const announcedBefore = session.announcements.length;
    await session.put([...session.sent].toReversed());
    await session.put(session.sent);
    await untilEmpty('the queue of events', session.target, (name) => name === 'ScoreLeadsQueueUrl');
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
