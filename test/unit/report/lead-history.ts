import type { SignalEvent } from '../../../shared/lead/index.ts';
import { type BasisProps, createBasis } from '../../../shared/report/basis.ts';
import { makeReport } from '../../../shared/report/make-report.ts';
import type { LeadItem } from '../../../shared/report/read-leads.ts';
import type { StuckProps } from '../../../shared/report/sections/stuck.ts';
import type { Report } from '../../../shared/report/tally.ts';
import { buildSignal } from '../../support/events.ts';
import { buildLeadItems, streamItems } from './ledger.ts';
import { gradeModel } from './model.ts';

const dayMs = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00.000Z');

/** Returns the milliseconds since 1970 of a day of the history; the first is 0. */
export const onDay = (day: number): number => start + day * dayMs;

let next = 0;
/** Returns an event. Ids rise, so that events of one instant stay in the order in which a test writes them. */
const event = (day: number, type: SignalEvent['type'], data: Record<string, unknown>): SignalEvent =>
  buildSignal({
    type,
    data,
    at: new Date(onDay(day)).toISOString(),
    id: `e-${String(next++).padStart(6, '0')}`,
  });

export const did = (day: number, activity: string, count = 1) =>
  event(day, 'LeadActivityRecorded', { activity, count });
export const profiled = (day: number, attributes: Record<string, unknown>) =>
  event(day, 'LeadProfileUpdated', { attributes });
/** Returns an event that sets the tier of the lead to `grade`. */
export const graded = (day: number, grade: string) => profiled(day, { grade });
export const segmented = (day: number, segment: string) => profiled(day, { segment });
export const isSpam = (day: number, spam: boolean) => profiled(day, { spam });
export const answered = (day: number, question: string, value: string) =>
  event(day, 'LeadAnswersRecorded', { answers: { [question]: { value } } });
/** Returns an event by which an activity has happened so often so far. */
export const counted = (day: number, activity: string, total: number) =>
  event(day, 'LeadActivityRecorded', { activity, total });
const named = (dealId: string | undefined) => (dealId === undefined ? {} : { dealId });
export const staged = (day: number, stage: string, dealId?: string) =>
  event(day, 'LeadStageChanged', { stage, ...named(dealId) });
export const ended = (day: number, outcome: string, dealId?: string) =>
  event(day, 'LeadOutcomeRecorded', { outcome, ...named(dealId) });

/** Returns a history as that of another lead. */
export const called = (leadId: string, events: readonly SignalEvent[]): SignalEvent[] =>
  events.map((one) => ({ ...one, data: { ...one.data, leadId } }) as SignalEvent);

/** The events of one lead, in the order of arrival, each committed by itself. */
export type LeadHistory = readonly SignalEvent[];

export interface ReportOptions extends Partial<BasisProps>, Partial<StuckProps> {
  /** The model that scored the leads. @default the report's */
  readonly scoredBy?: BasisProps['model'];
}

/** Returns the report on leads with the ids l-1, l-2, …, by a clock on day 100. */
export const reportOn = (histories: readonly LeadHistory[], options: ReportOptions = {}): Promise<Report> => {
  const {
    model = gradeModel(),
    scoredBy = model,
    now = onDay(100),
    stuckDays = 30,
    limit = 10,
    ...rest
  } = options;
  const items = histories.flatMap((events, i) =>
    buildLeadItems(
      scoredBy,
      called(`l-${i + 1}`, events).map((one) => [one]),
    ),
  );
  return reportOnItems(items, { model, now, stuckDays, limit, ...rest });
};

export const reportOnItems = (
  items: readonly LeadItem[],
  { model = gradeModel(), now = onDay(100), stuckDays = 30, limit = 10, ...rest }: ReportOptions = {},
): Promise<Report> =>
  makeReport(streamItems(items), createBasis({ model, now, ...rest }), { stuckDays, limit });
