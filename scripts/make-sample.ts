import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes the sample stream that comes with Sluice: four months of an invented company's leads, one EventBridge
 * entry a line, in the order in which a stream would bring them. Everything follows from one seed, so the file is
 * the same on every run. `--check` writes nothing and fails where the file on disk is not what would be written.
 */

export const sampleFile = 'cli/sample/events.jsonl';

const seed = 20_260_202;
const firstDay = Date.parse('2026-02-02T00:00:00.000Z');
const end = Date.parse('2026-06-01T00:00:00.000Z');
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export interface SampleEntry {
  readonly source: string;
  readonly 'detail-type': string;
  readonly time: string;
  readonly detail: {
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/** An entry with the instant at which the stream brings it, in milliseconds since 1970. */
interface Arrival {
  readonly at: number;
  readonly entry: SampleEntry;
}

// Randomness: one generator for the whole file, always asked in the same order.

/** Mulberry32: small, and the same on every machine. Source: https://github.com/bryc/code (public domain) */
const createRandom = (start: number): (() => number) => {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

type Data = Record<string, unknown>;

const createDice = (random: () => number) => {
  const int = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  return {
    random,
    int,
    chance: (share: number): boolean => random() < share,
    pick: <T>(list: readonly T[]): T => list[int(0, list.length - 1)] as T,
    hex: (): string => int(0, 0xffff_ffff).toString(16).padStart(8, '0'),
  };
};
type Dice = ReturnType<typeof createDice>;

// Who the leads are. No name here is a real person's or company's.

const companies = ['acme', 'example-co', 'sample-works'];
const firstNames = ['jane', 'tom', 'ana', 'lee', 'kim', 'max', 'eva', 'ben'];
const countries = ['DE', 'FR', 'GB', 'US', 'NL', 'ES', 'PL', 'SE'];
const employees = { small: [3, 6, 8, 14, 22], fitting: [60, 120, 240, 380, 620, 900, 1_800, 2_600, 6_500] };
const titles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  executive: {
    operations: 'Chief Operating Officer',
    marketing: 'Chief Marketing Officer',
    sales: 'VP Sales',
  },
  director: {
    operations: 'Head of Operations',
    marketing: 'Director of Marketing',
    sales: 'Director of Sales',
  },
  manager: { operations: 'Operations Manager', marketing: 'Campaign Manager', sales: 'Sales Manager' },
  staff: { operations: 'Planner', marketing: 'Content Editor', sales: 'Account Executive' },
};
const outsiders = ['Student', 'Software Engineer', 'Consultant', 'Research Assistant', 'Journalist'];

/** How well a lead fits: `good` ones are whom the product was made for. */
type Fit = 'good' | 'fair' | 'poor';

const leadIdOf = (dice: Dice, number: number): string =>
  dice.chance(0.3)
    ? `${dice.pick(companies)}.${dice.pick(firstNames)}-${number}`
    : `lead-${String(number).padStart(4, '0')}`;

/** What a form asks for. */
const formProfile = (dice: Dice, fit: Fit): Data => {
  const country = dice.pick(countries);
  const isOutsider = fit === 'poor' && dice.chance(0.6);
  if (isOutsider)
    return { jobTitle: dice.pick(outsiders), seniority: 'staff', emailType: 'private', country };
  const seniority = dice.pick(
    {
      good: ['executive', 'director', 'director'],
      fair: ['director', 'manager', 'manager'],
      poor: ['staff'],
    }[fit],
  );
  const department = dice.pick(['operations', 'marketing', 'sales']);
  const emailType = fit === 'poor' && dice.chance(0.5) ? 'private' : 'business';
  return { jobTitle: titles[seniority]?.[department], seniority, department, emailType, country };
};

/** What is found out about the company later. */
const firmProfile = (dice: Dice, fit: Fit): Data => ({
  industry: dice.pick(
    fit === 'good'
      ? ['software', 'finance', 'logistics', 'software']
      : fit === 'fair'
        ? ['retail', 'manufacturing', 'logistics', 'education']
        : ['education', 'agriculture', 'public-sector'],
  ),
  employees: dice.pick(fit === 'poor' ? employees.small : employees.fitting),
  ...(fit !== 'poor' && { persona: dice.pick(['operations-lead', 'growth-lead', 'revenue-lead']) }),
});

// What leads answer.

const says = {
  need: {
    critical: [
      'We lose about two days each month matching lists by hand, and last quarter three hot enquiries were never called back.',
      'Our board asked for a plan by summer: a third of what marketing hands over is turned away by sales without a look.',
      'Since the second office opened nobody knows which enquiry is whose. We measured it: four of ten wait more than a week.',
    ],
    important: [
      'The hand-over between the two teams is slow and we would like to see why.',
      'We compare scores in a spreadsheet. It works, but only one colleague understands it.',
      'Our campaigns bring many names, few of them worth a call.',
    ],
    none: ['Just looking.', 'For a paper I write.', 'No need right now.'],
  },
  budget: {
    approved: [
      'Set aside for this quarter.',
      'Signed off in January, up to the amount that we talked about.',
    ],
    planned: [
      'It is in the plan for the second half of the year.',
      'We would move it from the events budget.',
    ],
    none: ['Not this year.'],
  },
  authority: {
    decides: ['I sign it.', 'My call, together with finance for the contract.'],
    influences: ['I prepare the choice, our director signs.'],
    'sent-by-decider': ['Our managing director asked me to look at three tools and come back with one.'],
    none: ['I am only collecting material.'],
  },
} as const;

const answer = (dice: Dice, value: unknown, texts: readonly string[] = []): Data => ({
  value,
  ...(texts.length > 0 && dice.chance(0.6) && { text: dice.pick(texts) }),
});

/** What a demo or trial form asks. */
const formAnswers = (dice: Dice, fit: Fit): Data => {
  const need = fit === 'poor' ? 'important' : dice.pick(['critical', 'important'] as const);
  const months = { good: dice.int(0, 4), fair: dice.int(2, 9), poor: dice.int(8, 18) }[fit];
  return { need: answer(dice, need, says.need[need]), timeframeMonths: answer(dice, months) };
};

/** What a sales conversation brings up: BANT. */
const bantAnswers = (dice: Dice, fit: Fit): Data => {
  const budget = dice.pick(
    fit === 'good' ? (['approved', 'planned'] as const) : (['planned', 'none', 'planned'] as const),
  );
  const authority = dice.pick(
    fit === 'good' ? (['decides', 'influences'] as const) : (['influences', 'sent-by-decider'] as const),
  );
  return {
    budget: answer(dice, budget, says.budget[budget]),
    authority: answer(dice, authority, says.authority[authority]),
    ...(authority === 'sent-by-decider' && { knowsDecider: answer(dice, true) }),
  };
};

/** What a discovery brings up: whether the lead would succeed as a customer. */
const successAnswers = (dice: Dice, fit: Fit): Data => ({
  problemFitPercent: answer(
    dice,
    { good: dice.int(80, 97), fair: dice.int(62, 84), poor: dice.int(25, 60) }[fit],
  ),
  culture: answer(
    dice,
    dice.pick(
      {
        good: ['technology-adopter', 'early-majority', 'innovator'],
        fair: ['early-majority', 'late-majority'],
        poor: ['late-majority', 'laggard'],
      }[fit],
    ),
  ),
  buyingTeamSize: answer(dice, { good: dice.int(1, 6), fair: dice.int(3, 9), poor: dice.int(6, 14) }[fit]),
  ...(dice.chance(0.35) && { usedBefore: answer(dice, fit === 'good' && dice.chance(0.6)) }),
  ...(dice.chance(0.4) && { referred: answer(dice, dice.chance(0.5)) }),
  ...(dice.chance(0.4) && { wouldRefer: answer(dice, fit !== 'poor') }),
});

// Journeys: what one lead does, from its first event on.

/** Which producer sends an event, and how its ids begin. */
const producers = {
  'marketing.web': 'w',
  'marketing.email': 'm',
  crm: 'crm',
  'sales.desk': 'd',
  product: 'p',
} as const;
type Source = keyof typeof producers;

interface Journey {
  readonly leadId: string;
  readonly dice: Dice;
  readonly fit: Fit;
  readonly rep: string;
  /** Milliseconds since 1970 of the last event; it only goes forward. */
  clock: number;
  /** Names the story in the events of one visit or deal. */
  story: string | undefined;
  readonly arrivals: Arrival[];
}

/** Most events arrive within seconds; a nightly transfer or a phone without a network brings some late. */
const delayOf = ({ random, int, chance }: Dice): number => {
  if (chance(0.93)) return Math.floor(random() * 5_000);
  return chance(0.8) ? int(2, 600) * minuteMs : int(1, 3) * dayMs;
};

const tell = (journey: Journey, source: Source, type: string, data: Data): SampleEntry => {
  const { dice, leadId, story } = journey;
  const occurredAt = new Date(journey.clock).toISOString();
  const entry: SampleEntry = {
    source,
    'detail-type': type,
    time: `${occurredAt.slice(0, 19)}Z`,
    detail: {
      metadata: {
        eventId: `${producers[source]}-${dice.hex()}`,
        occurredAt,
        schemaVersion: 1,
        ...(story !== undefined && { correlationId: story }),
      },
      data: { leadId, ...data },
    },
  };
  journey.arrivals.push({ at: journey.clock + delayOf(dice), entry });
  journey.clock += dice.int(20, 400) * 1_000;
  return entry;
};

/** Goes on after some days, in the daytime and mostly on a weekday. */
const later = (journey: Journey, from: number, to: number): void => {
  const { dice } = journey;
  let day = Math.floor(journey.clock / dayMs) + dice.int(from, to);
  const weekday = new Date(day * dayMs).getUTCDay();
  if ((weekday === 0 || weekday === 6) && dice.chance(0.85)) day += weekday === 0 ? 1 : 2;
  const at = day * dayMs + dice.int(6 * hourMs, 19 * hourMs);
  journey.clock = Math.max(at, journey.clock + dice.int(3, 90) * minuteMs);
};

const did = (
  journey: Journey,
  source: Source,
  activity: string,
  { count, properties }: { count?: number; properties?: Data } = {},
): SampleEntry =>
  tell(journey, source, 'LeadActivityRecorded', {
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

const opened = (journey: Journey) =>
  did(journey, 'marketing.email', 'email_opened', {
    ...(journey.dice.chance(0.5) && { properties: { campaign: journey.dice.pick(campaigns) } }),
  });

const read = (journey: Journey) => {
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

const fillForm = (journey: Journey) =>
  tell(journey, 'marketing.web', 'LeadProfileUpdated', {
    attributes: formProfile(journey.dice, journey.fit),
  });

const enrich = (journey: Journey) =>
  tell(journey, 'crm', 'LeadProfileUpdated', { attributes: firmProfile(journey.dice, journey.fit) });

const download = (journey: Journey) => {
  const { dice } = journey;
  if (dice.chance(0.25)) did(journey, 'marketing.web', 'webinar_attended');
  else did(journey, 'marketing.web', 'content_downloaded', { properties: { content: dice.pick(contents) } });
};

const answered = (journey: Journey, answers: Data) =>
  tell(journey, 'sales.desk', 'LeadAnswersRecorded', { answers, askedBy: journey.rep });

const stated = (journey: Journey, stage: string, reason?: string) =>
  tell(journey, 'crm', 'LeadStageChanged', {
    stage,
    ...(reason !== undefined && { reason }),
    ...(journey.dice.chance(0.7) && { actor: journey.rep }),
  });

const ended = (journey: Journey, outcome: string, more: Data = {}) =>
  tell(journey, 'crm', 'LeadOutcomeRecorded', { outcome, ...more });

const verdict = (journey: Journey, type: 'HandoffAccepted' | 'HandoffRejected', reason?: string) =>
  tell(journey, 'sales.desk', type, {
    handoffId: `crm-ho-${journey.dice.int(1_000, 9_999)}`,
    actor: journey.rep,
    ...(reason !== undefined && { reason }),
  });

/** Reads, leaves a profile for some content, and so becomes a lead. */
const becomeLead = (journey: Journey) => {
  read(journey);
  later(journey, 1, 9);
  download(journey);
  fillForm(journey);
};

/** Looks at prices, then books a demo or starts a trial: the bottom of the funnel. */
const askForDemo = (journey: Journey) => {
  const { dice, fit } = journey;
  journey.story = `visit-${dice.hex()}`;
  if (dice.chance(fit === 'poor' ? 0.1 : 0.55)) did(journey, 'marketing.web', 'pricing_page_visited');
  if (dice.chance(0.5)) did(journey, 'marketing.web', 'page_visited', { count: dice.int(1, 5) });
  if (dice.chance(0.3)) did(journey, 'product', 'trial_started', { properties: { plan: 'trial-14' } });
  else did(journey, 'marketing.web', 'demo_requested', { properties: { page: '/demo' } });
  tell(journey, 'marketing.web', 'LeadAnswersRecorded', { answers: formAnswers(dice, fit) });
  journey.story = undefined;
  if (dice.chance(0.7)) enrich(journey);
};

const useTrial = (journey: Journey) => {
  for (let visits = journey.dice.int(1, 2); visits > 0; visits--) {
    did(journey, 'product', 'feature_used', { count: journey.dice.int(1, 25) });
    later(journey, 1, 4);
  }
};

const acceptBySales = (journey: Journey) => {
  later(journey, 0, 2);
  journey.story = `deal-${journey.dice.hex()}`;
  verdict(journey, 'HandoffAccepted');
  later(journey, 1, 4);
  answered(journey, bantAnswers(journey.dice, journey.fit));
};

const discover = (journey: Journey) => {
  later(journey, 2, 7);
  did(journey, 'sales.desk', 'demo_held', { properties: { minutes: journey.dice.pick([30, 45, 60]) } });
  answered(journey, successAnswers(journey.dice, journey.fit));
  if (journey.dice.chance(0.85)) stated(journey, 'opportunity', 'Discovery call held');
};

const amountOf = ({ int }: Dice): number => int(4, 60) * 1_000;

/** Opens mails, seldom more. */
const subscriber = (journey: Journey) => {
  for (let mails = journey.dice.int(1, 5); mails > 0; mails--) {
    opened(journey);
    if (journey.dice.chance(0.15)) did(journey, 'marketing.email', 'email_clicked');
    later(journey, 4, 16);
  }
};

const reader = (journey: Journey) => {
  becomeLead(journey);
  for (let times = journey.dice.int(0, 2); times > 0; times--) {
    later(journey, 3, 14);
    if (journey.dice.chance(0.25)) download(journey);
    else read(journey);
  }
  if (journey.dice.chance(0.4)) enrich(journey);
};

const leaver = (journey: Journey) => {
  (journey.dice.chance(0.5) ? reader : subscriber)(journey);
  later(journey, 1, 20);
  did(journey, 'marketing.email', 'unsubscribed', {
    ...(journey.dice.chance(0.4) && { properties: { reason: 'too many mails' } }),
  });
};

/** Asked for a demo or a trial, and is still somewhere in nurture. */
const prospect = (journey: Journey) => {
  if (journey.dice.chance(0.5)) {
    becomeLead(journey);
    later(journey, 2, 15);
  } else fillForm(journey);
  askForDemo(journey);
  if (journey.dice.chance(0.25)) useTrial(journey);
  later(journey, 2, 12);
  if (journey.dice.chance(0.35)) read(journey);
};

const aftermath = (journey: Journey) => {
  const { dice, fit } = journey;
  later(journey, 14, 30);
  did(journey, 'product', 'feature_used', { count: dice.int(3, 60) });
  if (fit === 'good' && dice.chance(0.4)) ended(journey, 'referenced');
  later(journey, 12, 30);
  if (fit === 'good' && dice.chance(0.5)) ended(journey, 'expanded', { amount: dice.int(1, 12) * 1_000 });
  later(journey, 8, 25);
  if (dice.chance(fit === 'good' ? 0.1 : 0.5)) ended(journey, 'churned', { reason: 'Never went live' });
  else if (dice.chance(0.7)) ended(journey, 'renewed', { amount: amountOf(dice) });
};

const buyer = (journey: Journey) => {
  prospect(journey);
  acceptBySales(journey);
  discover(journey);
  later(journey, 4, 14);
  // A sales conversation corrects what a form said.
  if (journey.dice.chance(0.4)) enrich(journey);
  later(journey, 3, 14);
  ended(journey, 'won', { amount: amountOf(journey.dice) });
  aftermath(journey);
};

const lostDeal = (journey: Journey) => {
  prospect(journey);
  acceptBySales(journey);
  if (journey.dice.chance(0.7)) discover(journey);
  if (journey.dice.chance(0.3)) {
    later(journey, 2, 10);
    stated(journey, 'mql', 'Project put off');
  }
  later(journey, 5, 20);
  ended(journey, 'lost', {
    reason: journey.dice.pick(['Chose another product', 'No decision', 'Budget cut', 'Too small a team']),
  });
};

/** In the hands of sales when the stream ends. */
const openDeal = (journey: Journey) => {
  prospect(journey);
  acceptBySales(journey);
  if (journey.dice.chance(0.6)) discover(journey);
};

const rejected = (journey: Journey) => {
  prospect(journey);
  later(journey, 0, 2);
  verdict(
    journey,
    'HandoffRejected',
    journey.dice.pick(['No project this year', 'Could not be reached', 'Wants the free plan only']),
  );
  later(journey, 5, 20);
  if (journey.dice.chance(0.6)) read(journey);
  // Some come back by themselves.
  if (journey.dice.chance(0.3)) {
    later(journey, 10, 30);
    askForDemo(journey);
  }
};

const noPersona = (journey: Journey) => {
  becomeLead(journey);
  later(journey, 1, 5);
  tell(journey, 'crm', 'LeadProfileUpdated', { attributes: { persona: 'none' } });
  later(journey, 3, 20);
  if (journey.dice.chance(0.5)) read(journey);
};

const noAuthority = (journey: Journey) => {
  prospect(journey);
  later(journey, 1, 3);
  answered(journey, {
    authority: answer(journey.dice, 'none', says.authority.none),
    knowsDecider: answer(journey.dice, false),
  });
  if (!journey.dice.chance(0.6)) return;
  // Nobody knew of a way to the one who decides; then there is one.
  later(journey, 10, 25);
  answered(journey, { knowsDecider: answer(journey.dice, true) });
};

const noProblem = (journey: Journey) => {
  prospect(journey);
  later(journey, 1, 3);
  answered(journey, { need: answer(journey.dice, 'none', says.need.none) });
  if (!journey.dice.chance(0.6)) return;
  later(journey, 10, 30);
  answered(journey, {
    need: answer(journey.dice, 'important', says.need.important),
    problemFitPercent: answer(journey.dice, journey.dice.int(60, 85)),
  });
};

/** Known to the CRM before marketing heard of it; its stages skip. */
const fromCrm = (journey: Journey) => {
  stated(journey, journey.dice.pick(['lead', 'sql']), 'Met at a fair');
  enrich(journey);
  fillForm(journey);
  later(journey, 3, 12);
  answered(journey, bantAnswers(journey.dice, journey.fit));
  later(journey, 4, 15);
  stated(journey, 'opportunity');
  if (journey.dice.chance(0.3)) {
    later(journey, 5, 20);
    stated(journey, 'lead', 'Contact left the company');
    tell(journey, 'crm', 'LeadProfileUpdated', { attributes: { jobTitle: null, seniority: null } });
  }
};

interface Cohort {
  readonly tells: (journey: Journey) => void;
  readonly leads: number;
  readonly fits: readonly Fit[];
  /** Last day, counted from the first, on which one of them appears: long stories begin early. */
  readonly until: number;
}

/** How many leads take which way. What happens after the last day has not happened yet. */
const cohorts: readonly Cohort[] = [
  { tells: subscriber, leads: 62, fits: ['fair'], until: 100 },
  { tells: reader, leads: 82, fits: ['good', 'fair', 'fair', 'poor', 'poor'], until: 108 },
  { tells: leaver, leads: 18, fits: ['fair', 'poor'], until: 80 },
  { tells: prospect, leads: 44, fits: ['good', 'fair', 'fair', 'poor', 'poor'], until: 108 },
  { tells: buyer, leads: 34, fits: ['good', 'good', 'good', 'fair', 'poor'], until: 45 },
  { tells: lostDeal, leads: 24, fits: ['good', 'fair', 'fair', 'poor'], until: 60 },
  { tells: openDeal, leads: 20, fits: ['good', 'good', 'fair'], until: 95 },
  { tells: rejected, leads: 22, fits: ['fair', 'fair', 'good', 'poor'], until: 75 },
  { tells: noPersona, leads: 10, fits: ['poor'], until: 90 },
  { tells: noAuthority, leads: 9, fits: ['fair'], until: 80 },
  { tells: noProblem, leads: 9, fits: ['fair', 'poor'], until: 80 },
  { tells: fromCrm, leads: 10, fits: ['good', 'fair'], until: 85 },
];

const journeysOf = (dice: Dice): Journey[] => {
  const parts = cohorts.flatMap((cohort) => Array.from({ length: cohort.leads }, () => cohort));
  // Shuffled, so that a lead's number doesn't tell how its story ends.
  const order = parts.map((cohort) => ({ cohort, rank: dice.random() })).sort((a, b) => a.rank - b.rank);
  return order.map(({ cohort }, i) => {
    const journey: Journey = {
      leadId: leadIdOf(dice, i + 1),
      dice,
      fit: dice.pick(cohort.fits),
      rep: `rep-${dice.int(1, 6)}`,
      clock: firstDay + dice.int(0, cohort.until) * dayMs + dice.int(6 * hourMs, 19 * hourMs),
      story: undefined,
      arrivals: [],
    };
    cohort.tells(journey);
    return journey;
  });
};

// What goes wrong in every real stream.

type Mend = (entry: SampleEntry) => SampleEntry;

const withData = (entry: SampleEntry, data: Data): SampleEntry => ({
  ...entry,
  detail: { ...entry.detail, data: { ...entry.detail.data, ...data } },
});

/** An event of its own beside the one that it is made of, so that no lead's story lacks one. */
const withNewId = (entry: SampleEntry, eventId: string): SampleEntry => ({
  ...entry,
  detail: { ...entry.detail, metadata: { ...entry.detail.metadata, eventId } },
});

/** One event of each kind that is quarantined: the type to make it of, and how it is broken. */
const faults: readonly (readonly [type: string, id: string | undefined, breakIt: Mend])[] = [
  ['LeadStageChanged', 'crm-broken-1', (entry) => withData(entry, { stage: 'prospect' })],
  ['LeadProfileUpdated', 'crm-broken-2', (entry) => withData(entry, { leadId: 'lead 0107 (copy)' })],
  ['LeadActivityRecorded', 'w-broken-3', (entry) => withData(entry, { count: -1 })],
  ['LeadOutcomeRecorded', 'crm-broken-4', (entry) => withData(entry, { currency: 'EUR' })],
  ['LeadActivityRecorded', 'w-broken-5', (entry) => ({ ...entry, 'detail-type': 'LeadActivityRecord' })],
  // The id stays: two events of one id and instant that say different things.
  [
    'LeadAnswersRecorded',
    undefined,
    (entry) => withData(entry, { answers: { budget: { value: 'unsure' } } }),
  ],
];

const brokenOnes = (dice: Dice, arrivals: readonly Arrival[]): Arrival[] =>
  faults.map(([type, id, breakIt]) => {
    const { at, entry } = dice.pick(
      arrivals.slice(300).filter(({ entry: candidate }) => candidate['detail-type'] === type),
    );
    return {
      at: at + dice.int(1, 40) * minuteMs,
      entry: breakIt(id === undefined ? entry : withNewId(entry, id)),
    };
  });

const repeats = 25;

/** A producer that got no answer sends again: most at once, some after a day. */
const repeatedOnes = (dice: Dice, arrivals: readonly Arrival[]): Arrival[] =>
  Array.from({ length: repeats }, () => {
    const { at, entry } = dice.pick(arrivals);
    return { at: at + (dice.chance(0.6) ? dice.int(1, 90) * 1_000 : dice.int(1, 30) * hourMs), entry };
  });

/** The entries of the sample, as the stream brings them. */
export const makeSample = (): SampleEntry[] => {
  const dice = createDice(createRandom(seed));
  const told = journeysOf(dice)
    .flatMap(({ arrivals }) => arrivals)
    .filter(({ at }) => at < end - 2 * dayMs)
    .sort((a, b) => a.at - b.at);
  return [...told, ...brokenOnes(dice, told), ...repeatedOnes(dice, told)]
    .sort((a, b) => a.at - b.at)
    .map(({ entry }) => entry);
};

export const renderSample = (): string =>
  makeSample()
    .map((entry) => `${JSON.stringify(entry)}\n`)
    .join('');

const main = async (args: readonly string[]): Promise<number> => {
  const file = join(import.meta.dirname, '..', sampleFile);
  const unknown = args.filter((arg) => arg !== '--check');
  if (unknown.length > 0) {
    console.error(`given ${unknown.join(' ')}; allowed: --check`);
    return 2;
  }
  const rendered = renderSample();
  if (!args.includes('--check')) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, rendered);
    console.log(`${sampleFile}: ${rendered.split('\n').length - 1} entries`);
    return 0;
  }
  if ((await readFile(file, 'utf8').catch(() => '')) === rendered) return 0;
  console.error(`stale: ${sampleFile}; run \`node scripts/make-sample.ts\` and commit what it writes.`);
  return 1;
};

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
