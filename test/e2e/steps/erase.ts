import { stepFailed } from '../errors.ts';
import { erasure } from '../lead-events.ts';
import type { Step } from '../step.ts';
import { countByType, readStandings, summarize } from '../summaries.ts';
import { until } from '../until.ts';

export const askForErasure: Step = {
  name: 'an erasure closes a lead',
  run: async (session, expected) => {
    await session.send([erasure]);
    await session.untilWorkedOff(['gone']);
    const announced = await session.collect(expected?.announced?.length);
    return {
      saw: countByType(announced),
      facts: { leads: await readStandings(session, ['gone']), announced: summarize(session, announced) },
    };
  },
};

/** Content of the lead's events, which must be nowhere any more. */
const personal = /Head of Operations|demo_requested/;

/**
 * Checks that the content of all events is erased; the event that asked for the erasure has none and stays. The queue
 * delays each erasure by a minute, so this step comes late.
 */
export const erased: Step = {
  name: 'nothing personal is left of the erased lead',
  run: async (session) => {
    const view = await until('all entries of the lead gone to be erased', session.target.pace, async () => {
      const found = await session.view('gone');
      const left = found.entries.filter(({ kind }) => kind === 'decided');
      return left.length === 0 ? { found } : { instead: `${left.length} entries with their content` };
    });
    if (personal.test(JSON.stringify(view.items))) throw stepFailed('the table still holds personal content');
    return {
      saw: `${view.entries.length} entries, none with any content`,
      facts: { leads: await readStandings(session, ['gone']) },
    };
  },
};
