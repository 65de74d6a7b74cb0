import { computeCanaryLead, isCanary } from '../../../events/index.ts';
import { computeCanaryStage } from '../../../functions/send-canary/send-canary.ts';
import { isClosed } from '../../../shared/lead/index.ts';
import type { Announcement } from '../inbox.ts';
import { pause } from '../interruption.ts';
import { invoke } from '../invoke.ts';
import { viewLead } from '../lead-view.ts';
import { untilEmpty } from '../queues.ts';
import type { Step } from '../step.ts';
import type { Target } from '../target.ts';
import { until } from '../until.ts';

/** The canary's stage changes every five minutes; if one run has no new stage, the next one has. */
const patience = { patienceMs: 11 * 60_000, intervalMs: 1_000 };

/** The longest time until an invocation begins, and the largest difference between two clocks, in milliseconds. */
const slackMs = 5_000;

const isCanaryQueue = (name: string): boolean => name.startsWith('TimeCanary');

/**
 * Waits until a canary would change its lead's stage: if the schedule has just sent one, another isn't announced.
 *
 * @returns the instant from which that is so, in milliseconds since 1970
 */
const untilStageWouldChange = (target: Target): Promise<number> =>
  until('a time at which the canary has a new stage', patience, async () => {
    const now = Date.now();
    const { lead } = await viewLead(target, computeCanaryLead(now));
    const stage = lead === undefined || isClosed(lead) ? undefined : lead.stage;
    const isNew = [now, now + slackMs].every((at) => computeCanaryStage(at) !== stage);
    return isNew ? { found: now } : { instead: `its lead stands at ${stage} already` };
  });

const isCanaryAnnouncement =
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
    // If the schedule has sent one since this run subscribed, that one came through, and another may change nothing.
    const hasCome = (await session.receiveAll()).some(isCanaryAnnouncement(0));
    const since = hasCome ? 0 : await untilStageWouldChange(target);
    await invoke(target, 'SendCanaryFunctionName');
    await session.waitForAnnouncement("the announcement of the canary's stage", isCanaryAnnouncement(since));
    // Its timer gets the announcement at the same time as this run, or a little later.
    await pause(target.pace.quietMs);
    await untilEmpty('the queues of the canary', target, isCanaryQueue);
    return { saw: 'its change of stage was announced, and its queues are empty' };
  },
};
