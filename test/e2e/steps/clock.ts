import { invoke } from '../invoke.ts';
import { counted, type Step } from '../step.ts';
import { until } from '../until.ts';

const leads = ['keen', 'cold', 'other'];

/** Lets the clock run once. The events of the scenario are of a day that is long past, so that something is due. */
export const clock: Step = {
  name: 'time alone changes leads',
  run: async (session) => {
    await invoke(session.target, 'AdvanceLeadsFunctionName');
    const changes = await until('an entry of time in a ledger', session.target.pace, async () => {
      const views = await Promise.all(leads.map((lead) => session.view(lead)));
      const timed = views.flatMap(({ entries }) =>
        entries.filter(({ type }) => type === 'LeadClockAdvanced'),
      );
      return timed.length > 0 ? { found: timed } : { instead: `none in those of ${leads.join(', ')}` };
    });
    // What came of it doesn't count among the announcements of the next step.
    await session.collect();
    return { saw: `${counted(changes.length, 'change')} since the last events` };
  },
};
