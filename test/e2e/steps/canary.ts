import { canaryLeadOf, isCanary } from '../../../events/index.ts';
import { canaryStageAt } from '../../../functions/send-canary/send-canary.ts';
import { isClosed } from '../../../shared/lead/index.ts';
import type { Announcement } from '../inbox.ts';
import { pause } from '../interruption.ts';
import { invoke } from '../invoke.ts';
import { viewLead } from '../lead-view.ts';
import { filledQueues } from '../queues.ts';
import type { Step } from '../step.ts';
import type { Target } from '../target.ts';
import { until } from '../until.ts';

/** Its stage changes every five minutes; where a run had nothing new to say, the next one has. */
const patience = { patienceMs: 11 * 60_000, intervalMs: 1_000 };

/** So long an invocation may take to begin, and so much two clocks may differ. */
const slackMs = 5_000;

const isCanaryQueue = (name: string): boolean => name.startsWith('TimeCanary');

/**
 * Waits until a canary would change its lead's stage: where the schedule has just sent one, another isn't announced.
 *
 * @returns since when that is so
 */
const untilItHasNews = (target: Target): Promise<number> =>
  until('a time at which the canary has something new to say', patience, async () => {
    const now = Date.now();
    const { lead } = await viewLead(target, canaryLeadOf(now));
    const stage = lead === undefined || isClosed(lead) ? undefined : lead.stage;
    const isNews = [now, now + slackMs].every((at) => canaryStageAt(at) !== stage);
    return isNews ? { found: now } : { instead: `its lead stands at ${stage} already` };
  });

const isReturn =
  (since: number) =>
  ({ type, occurredAt, data: { leadId } }: Announcement): boolean =>
    type === 'LeadStageTransitioned' &&
    typeof leadId === 'string' &&
    isCanary(leadId) &&
    Date.parse(occurredAt) >= since - slackMs;

export const canary: Step = {
  name: 'the canary comes through',
  run: async (session) => {
    const { target } = session;
    // The schedule may have sent one since we subscribed: then that one has come through, and ours may have no news.
    const hasCome = (await session.listen()).some(isReturn(0));
    const since = hasCome ? 0 : await untilItHasNews(target);
    await invoke(target, 'SendCanaryFunctionName');
    await session.hear("the announcement of the canary's stage", isReturn(since));
    // Its timer is told at the same time as we are, or a little later.
    await pause(target.pace.quietMs);
    await until('the queues of the canary to be worked off', target.pace, async () => {
      const left = await filledQueues(target, isCanaryQueue);
      return Object.keys(left).length === 0 ? { found: true } : { instead: JSON.stringify(left) };
    });
    return { saw: 'its change of stage was announced, and its queues are empty' };
  },
};
