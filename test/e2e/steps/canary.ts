import { canaryLeadOf } from '../../../events/index.ts';
import { invoke } from '../invoke.ts';
import { viewLead } from '../lead-view.ts';
import { filledQueues } from '../queues.ts';
import type { Step } from '../step.ts';
import { until } from '../until.ts';

const isCanaryQueue = (name: string): boolean => name.startsWith('TimeCanary');

export const canary: Step = {
  name: 'the canary comes through',
  run: async ({ target }) => {
    const sentAt = new Date();
    await invoke(target, 'SendCanaryFunctionName');
    const since = `EVENT#${sentAt.toISOString()}`;
    await until('an entry of the canary', target.pace, async () => {
      // Each day has its own lead, and midnight may pass.
      const leads = new Set([sentAt.getTime(), Date.now()].map(canaryLeadOf));
      const views = await Promise.all([...leads].map((lead) => viewLead(target, lead)));
      const entries = views.flatMap((view) => view.entries);
      const found = entries.some(({ sk }) => sk >= since);
      return found ? { found } : { instead: `${entries.length} entries, all older` };
    });
    await until('the queues of the canary to be worked off', target.pace, async () => {
      const left = await filledQueues(target, isCanaryQueue);
      return Object.keys(left).length === 0 ? { found: true } : { instead: JSON.stringify(left) };
    });
    return { saw: 'its event has an entry, and its queues are empty' };
  },
};
