import { dayMs, hourMs, minuteMs } from '../../events/index.ts';
import type { ClockProgress, ReadDueItems } from '../../shared/clock/index.ts';
import { count, logger, timeInSeconds } from '../../shared/lambda/index.ts';
import { sendDueHours } from './due-hours.ts';
import type { SendDue } from './due-queues.ts';
import type { ReadLeadPage } from './leads-without-due-time.ts';
import { createRunBudget } from './run-budget.ts';
import { sweepLeads } from './sweep-leads.ts';

export interface AdvanceLeadsDeps {
  readonly readDueItems: ReadDueItems;
  readonly readLeadPage: ReadLeadPage;
  readonly send: SendDue;
  readonly progress: ClockProgress;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * The most messages of a run. The queue of `score-leads` takes live events too, and these wait behind them.
   *
   * @default 50000
   */
  readonly mostMessages?: number;
  /** @default 500 */
  readonly mostSweptPages?: number;
}

/** The result of a run: the number of messages sent, by kind. */
export interface Advanced {
  readonly leads: number;
  readonly handoffs: number;
  readonly nurtures: number;
  /** The leads that the first sweep sent. */
  readonly swept: number;
  readonly lagSeconds: number;
}

class ClockMessagesNotSentError extends Error {
  readonly code = 'CLOCK_MESSAGES_NOT_SENT';
  constructor(failed: number) {
    super(`the queues did not take ${failed} messages; the next run sends them again`);
    this.name = 'ClockMessagesNotSentError';
  }
}

/** The time after which a run sends nothing more: half of the function's timeout. */
const longestRunMs = minuteMs;

/**
 * The time that the first run looks back: functions that write the index may have been deployed before this one could
 * run.
 */
const firstLookBackMs = 14 * dayMs;

const measure = ({ leads, handoffs, nurtures, swept, lagSeconds }: Advanced, failed: number): void => {
  logger.info('clock advanced', { leads, handoffs, nurtures, swept, failed, lagSeconds });
  count('ClockRuns', 1);
  count('LeadsDue', leads);
  count('HandoffsDue', handoffs);
  count('NurturesDue', nurtures);
  count('ClockFirstSweep', swept);
  count('ClockMessagesFailed', failed);
  timeInSeconds('ClockLagSeconds', lagSeconds);
};

/**
 * Sends a message to the consumer of everything that is due. A run that ends in the middle does no harm, nor do two at
 * once: messages may come twice, and what wasn't sent stays in the index for the next run.
 *
 * @throws ClockMessagesNotSentError after everything else is sent
 */
export const advanceLeads = (deps: AdvanceLeadsDeps) => async (): Promise<Advanced> => {
  const { progress, mostMessages = 50_000, mostSweptPages = 500 } = deps;
  const now = deps.now();
  const hour = now - (now % hourMs);
  const budget = createRunBudget({ messages: mostMessages, endsAt: now + longestRunMs, now: deps.now });
  const tally = { sent: { lead: 0, handoff: 0, nurture: 0 }, failed: 0 };
  const sending = { ...deps, budget, tally };

  const before = await progress.load();
  const { doneHour = hour - firstLookBackMs } = before;
  const due = await sendDueHours(sending, doneHour + hourMs, now);
  if (due.doneHour !== undefined) await progress.noteHour(due.doneHour);

  const { lead: leads, handoff: handoffs, nurture: nurtures } = tally.sent;
  if (!before.isSwept)
    await sweepLeads({ ...sending, mostPages: mostSweptPages }, before, {
      now,
      since: hour - firstLookBackMs,
    });
  const swept = tally.sent.lead - leads;

  const advanced = { leads, handoffs, nurtures, swept, lagSeconds: Math.round(due.lagMs / 1_000) };
  measure(advanced, tally.failed);
  if (tally.failed > 0) throw new ClockMessagesNotSentError(tally.failed);
  return advanced;
};
