import { retell, standings, tallied } from '../retell.ts';
import type { Step } from '../step.ts';
import { merge } from '../story.ts';

export const mergeLeads: Step = {
  name: 'two records become one lead',
  run: async (session, expected) => {
    await session.tell([merge]);
    await session.worked(['other', 'double']);
    const heard = await session.collect(expected?.announced?.length);
    return {
      saw: tallied(heard),
      facts: { leads: await standings(session, ['other', 'double']), announced: retell(session, heard) },
    };
  },
};
