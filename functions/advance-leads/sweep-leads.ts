import { hourMs } from '../../events/index.ts';
import type { ClockProgress, Progress } from '../../shared/clock/index.ts';
import type { Key } from '../../shared/keys/index.ts';
import { buildFirstMessage } from './due-message.ts';
import type { ReadLeadPage } from './leads-without-due-time.ts';
import { type SendMessagesDeps, sendMessages } from './send-messages.ts';

export interface SweepLeadsDeps extends SendMessagesDeps {
  readonly readLeadPage: ReadLeadPage;
  readonly progress: ClockProgress;
  /** The most pages of a run, each of 1 MB. */
  readonly mostPages: number;
}

/**
 * Sends a message to each open lead that was stored before leads had a due time, or was due before the first run looks
 * back, since nothing ran for so long. It goes through the table once, in as
 * many runs as necessary; how far it came is noted once everything before is sent.
 */
export const sweepLeads = async (
  deps: SweepLeadsDeps,
  { sweptTo }: Pick<Progress, 'sweptTo'>,
  { now, since }: { readonly now: number; readonly since: number },
): Promise<void> => {
  const occurredAt = new Date(now - (now % hourMs)).toISOString();
  let last: Key | undefined = sweptTo;
  for (let pages = 0; pages < deps.mostPages && !deps.budget.isSpent(); pages++) {
    const page = await deps.readLeadPage(last, since);
    const messages = page.leadIds.map((leadId) => buildFirstMessage(leadId, occurredAt));
    if (!(await sendMessages(deps, messages))) break;
    last = page.last;
    if (last === undefined) return deps.progress.noteSweep(undefined, now);
  }
  if (last !== undefined && last !== sweptTo) await deps.progress.noteSweep(last, now);
};
