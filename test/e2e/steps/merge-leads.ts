import { merge } from '../lead-events.ts';
import type { Step } from '../step.ts';
import { countByType, readStandings, summarize } from '../summaries.ts';

export const mergeLeads: Step = {
  name: 'two records become one lead',
  run: async (session, expected) => {
    await session.send([merge]);
    await session.untilWorkedOff(['other', 'double']);
    const announced = await session.collect(expected?.announced?.length);
    return {
      saw: countByType(announced),
      facts: {
        leads: await readStandings(session, ['other', 'double']),
        announced: summarize(session, announced),
      },
    };
  },
};
