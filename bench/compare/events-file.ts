import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pick, seededRandom } from '../random.ts';

type Random = () => number;

const start = Date.parse('2025-01-01T00:00:00.000Z');
const minuteMs = 60_000;

interface Body {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const activities = [
  'email_opened',
  'page_visited',
  'content_downloaded',
  'webinar_attended',
  'demo_requested',
];

/** Draws the body of an event, in the shares of a usual stream: most are activities. */
const drawBody = (random: Random): Body => {
  const kind = random();
  if (kind < 0.7) return { type: 'LeadActivityRecorded', data: { activity: pick(random, activities) } };
  if (kind < 0.85) {
    const attributes = {
      seniority: pick(random, ['executive', 'director', 'manager', 'staff']),
      industry: pick(random, ['software', 'finance', 'logistics', 'mining']),
      employees: Math.floor(random() ** 3 * 8_000),
    };
    return { type: 'LeadProfileUpdated', data: { attributes } };
  }
  if (kind < 0.94) {
    const answers = {
      budget: { value: pick(random, ['approved', 'planned', 'none']) },
      need: { value: pick(random, ['critical', 'important', 'none']), text: 'We lose two days a month.' },
    };
    return { type: 'LeadAnswersRecorded', data: { answers } };
  }
  if (kind < 0.98)
    return { type: 'LeadStageChanged', data: { stage: pick(random, ['lead', 'mql', 'sql', 'opportunity']) } };
  return { type: 'LeadOutcomeRecorded', data: { outcome: pick(random, ['won', 'lost', 'lost', 'churned']) } };
};

const drawLine = (random: Random, leads: number, number: number): string => {
  const { type, data } = drawBody(random);
  const occurredAt = new Date(start + number * minuteMs).toISOString();
  return JSON.stringify({
    source: 'bench',
    'detail-type': type,
    time: occurredAt,
    detail: {
      metadata: { eventId: `e-${number}`, occurredAt, schemaVersion: 1 },
      data: { leadId: `lead-${Math.floor(random() * leads)}`, ...data },
    },
  });
};

/** The mean number of events of a lead. */
const eventsEach = 8;

/** Writes a file of events of many leads in the order of time, the same for the same number. */
export const writeEventsFile = async (file: string, events: number): Promise<void> => {
  const random = seededRandom(16);
  const stream = createWriteStream(file);
  for (let number = 0; number < events; number++) {
    const line = drawLine(random, events / eventsEach, number);
    if (!stream.write(`${line}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
};
