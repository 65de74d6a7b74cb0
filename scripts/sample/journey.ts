import { dayMs, hourMs, minuteMs } from '../../events/index.ts';
import type { Dice } from './dice.ts';
import type { Arrival, Data, SampleEvent } from './entry.ts';
import { contactOf, type Fit, firmProfile, formProfile } from './profiles.ts';

/** The producers, each with the prefix of its event ids. */
const producers = {
  'marketing.web': 'w',
  'marketing.email': 'm',
  crm: 'crm',
  'sales.desk': 'd',
  product: 'p',
} as const;
type Source = keyof typeof producers;

export interface Journey {
  readonly leadId: string;
  readonly dice: Dice;
  readonly fit: Fit;
  readonly rep: string;
  /** The instant of the last event, in milliseconds since 1970; it only goes forward. */
  clock: number;
  /** The correlation id of the events of one visit or deal. */
  correlationId: string | undefined;
  readonly arrivals: Arrival[];
}

/**
 * Draws a delay in milliseconds: most events arrive within seconds, some come late by a nightly transfer or a phone
 * without a network.
 */
const drawDelay = ({ random, int, chance }: Dice): number => {
  if (chance(0.93)) return Math.floor(random() * 5_000);
  return chance(0.8) ? int(2, 600) * minuteMs : int(1, 3) * dayMs;
};

export const send = (journey: Journey, source: Source, type: string, data: Data): SampleEvent => {
  const { dice, leadId, correlationId } = journey;
  const occurredAt = new Date(journey.clock).toISOString();
  const entry: SampleEvent = {
    source,
    'detail-type': type,
    time: `${occurredAt.slice(0, 19)}Z`,
    detail: {
      metadata: {
        eventId: `${producers[source]}-${dice.hex()}`,
        occurredAt,
        schemaVersion: 1,
        ...(correlationId !== undefined && { correlationId }),
      },
      data: { leadId, ...data },
    },
  };
  journey.arrivals.push({ at: journey.clock + drawDelay(dice), entry });
  journey.clock += dice.int(20, 400) * 1_000;
  return entry;
};

/** Moves the clock on by some days, to the daytime and mostly to a weekday. */
export const later = (journey: Journey, from: number, to: number): void => {
  const { dice } = journey;
  let day = Math.floor(journey.clock / dayMs) + dice.int(from, to);
  const weekday = new Date(day * dayMs).getUTCDay();
  if ((weekday === 0 || weekday === 6) && dice.chance(0.85)) day += weekday === 0 ? 1 : 2;
  const at = day * dayMs + dice.int(6 * hourMs, 19 * hourMs);
  journey.clock = Math.max(at, journey.clock + dice.int(3, 90) * minuteMs);
};

export const did = (
  journey: Journey,
  source: Source,
  activity: string,
  { count, properties }: { count?: number; properties?: Data } = {},
): SampleEvent =>
  send(journey, source, 'LeadActivityRecorded', {
    activity,
    ...(count !== undefined && count > 1 && { count }),
    ...(properties !== undefined && { properties }),
  });

const campaigns = ['spring-brief', 'monthly-news', 'webinar-invitation', 'product-notes'];
const contents = ['handover-checklist', 'scoring-guide', 'benchmark-report', 'template-kit'];
const pages = [
  '/',
  '/product',
  '/customers',
  '/blog/slow-handovers',
  '/blog/why-scores-age',
  '/integrations',
];

export const opened = (journey: Journey) =>
  did(journey, 'marketing.email', 'email_opened', {
    ...(journey.dice.chance(0.5) && { properties: { campaign: journey.dice.pick(campaigns) } }),
  });

export const read = (journey: Journey) => {
  const { dice } = journey;
  opened(journey);
  if (dice.chance(0.35)) did(journey, 'marketing.email', 'email_clicked');
  if (dice.chance(0.5)) {
    did(journey, 'marketing.web', 'page_visited', {
      count: dice.int(1, 6),
      ...(dice.chance(0.5) && { properties: { page: dice.pick(pages) } }),
    });
  }
};

export const fillForm = (journey: Journey) =>
  send(journey, 'marketing.web', 'LeadProfileUpdated', {
    attributes: formProfile(journey.dice, journey.fit),
  });

export const enrich = (journey: Journey) =>
  send(journey, 'crm', 'LeadProfileUpdated', {
    attributes: { ...firmProfile(journey.dice, journey.fit), ...contactOf(journey) },
  });

export const download = (journey: Journey) => {
  const { dice } = journey;
  if (dice.chance(0.25)) did(journey, 'marketing.web', 'webinar_attended');
  else did(journey, 'marketing.web', 'content_downloaded', { properties: { content: dice.pick(contents) } });
};

export const answered = (journey: Journey, answers: Data) =>
  send(journey, 'sales.desk', 'LeadAnswersRecorded', { answers, askedBy: journey.rep });

export const stated = (journey: Journey, stage: string, reason?: string) =>
  send(journey, 'crm', 'LeadStageChanged', {
    stage,
    ...(reason !== undefined && { reason }),
    ...(journey.dice.chance(0.7) && { actor: journey.rep }),
  });

export const ended = (journey: Journey, outcome: string, more: Data = {}) =>
  send(journey, 'crm', 'LeadOutcomeRecorded', { outcome, ...more });

export const verdict = (journey: Journey, type: 'HandoffAccepted' | 'HandoffRejected', reason?: string) =>
  send(journey, 'sales.desk', type, {
    handoffId: `crm-ho-${journey.dice.int(1_000, 9_999)}`,
    actor: journey.rep,
    ...(reason !== undefined && { reason }),
  });
