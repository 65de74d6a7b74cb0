import { stepFailed } from '../errors.ts';
import { retell, standings, tallied } from '../retell.ts';
import type { Step } from '../step.ts';
import { erasure } from '../story.ts';
import { until } from '../until.ts';

export const askForErasure: Step = {
  name: 'an erasure closes a lead',
  run: async (session, expected) => {
    await session.tell([erasure]);
    await session.worked(['gone']);
    const heard = await session.collect(expected?.announced?.length);
    return {
      saw: tallied(heard),
      facts: { leads: await standings(session, ['gone']), announced: retell(session, heard) },
    };
  },
};

/** Words that were said of the lead, and must be nowhere any more. */
const personal = /Head of Operations|demo_requested/;

/** The event that asked for it says nothing of the lead and stays. The queue holds each erasure back for a minute, so this is looked at last. */
export const erased: Step = {
  name: 'nothing personal is left of it',
  run: async (session) => {
    const view = await until('all entries of the lead gone to be erased', session.target.pace, async () => {
      const found = await session.view('gone');
      const left = found.entries.filter(({ kind }) => kind === 'decided');
      return left.length === 0 ? { found } : { instead: `${left.length} entries with their content` };
    });
    if (personal.test(JSON.stringify(view.items))) throw stepFailed('the table still holds what was said');
    return {
      saw: `${view.entries.length} entries, none with anything that was said`,
      facts: { leads: await standings(session, ['gone']) },
    };
  },
};
