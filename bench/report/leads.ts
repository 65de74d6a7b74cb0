import { hourMs, type Stage } from '../../events/index.ts';
import type { SignalEvent } from '../../shared/lead/index.ts';
import type { LeadItem } from '../../shared/report/read-leads.ts';
import { noFacts } from '../../shared/scoring/index.ts';
import { pick, seededRandom } from '../random.ts';

type Random = () => number;

const start = Date.parse('2025-01-01T00:00:00.000Z');

const industries = [
  'software',
  'finance',
  'logistics',
  'retail',
  'manufacturing',
  'education',
  'public-sector',
];
const stages: readonly Stage[] = ['subscriber', 'lead', 'mql', 'sql', 'opportunity', 'customer'];
const outcomes = ['won', 'lost', 'renewed', 'expanded', 'churned', 'referenced'] as const;
const activities = [
  ...['email_opened', 'page_visited', 'content_downloaded', 'demo_requested', 'trial_started'],
  ...['discovery_call_held', 'demo_held', 'poc_held', 'support_requested'],
];

type Body = Pick<SignalEvent, 'type' | 'data'>;

/** Draws the body of an event, of every kind that a report counts. */
const drawBody = (random: Random, leadId: string): Body => {
  const kind = random();
  if (kind < 0.25) {
    const attributes = {
      seniority: pick(random, ['executive', 'director', 'manager', 'staff']),
      industry: pick(random, industries),
      employees: Math.floor(random() ** 3 * 8_000),
    };
    return { type: 'LeadProfileUpdated', data: { leadId, attributes } };
  }
  if (kind < 0.4) {
    const answers = {
      budget: { value: pick(random, ['approved', 'planned', 'none']) },
      need: { value: pick(random, ['critical', 'important']) },
      problemFitPercent: { value: Math.floor(random() * 101) },
    };
    return { type: 'LeadAnswersRecorded', data: { leadId, answers } };
  }
  if (kind < 0.55) return { type: 'LeadStageChanged', data: { leadId, stage: pick(random, stages) } };
  if (kind < 0.65) return { type: 'LeadOutcomeRecorded', data: { leadId, outcome: pick(random, outcomes) } };
  return { type: 'LeadActivityRecorded', data: { leadId, activity: pick(random, activities), count: 1 } };
};

const drawEntry = (random: Random, leadId: string, at: number, version: number): LeadItem => {
  const occurredAt = new Date(at).toISOString();
  const eventId = `e-${version}`;
  const event = {
    ...drawBody(random, leadId),
    source: 'bench',
    metadata: { eventId, occurredAt, schemaVersion: 1 },
  } as SignalEvent;
  return {
    kind: 'entry',
    leadId,
    entry: {
      kind: 'decided',
      type: event.type,
      source: event.source,
      leadId,
      sk: `EVENT#${occurredAt}#${eventId}`,
      version,
      ordinal: 0,
      event,
      standing: {
        stage: 'lead',
        status: 'active',
        tier: 'none',
        score: 0,
        coverage: 0,
        modelVersion: 'bench@1',
        action: { kind: 'none' },
      },
      actionChanged: false,
      changes: [],
    },
  };
};

const buildStateItem = (leadId: string, version: number): LeadItem => ({
  kind: 'state',
  leadId,
  state: {
    leadId,
    version,
    head: 'bench',
    stage: 'lead',
    status: 'active',
    tier: 'none',
    score: 0,
    coverage: 0,
    dimensions: {},
    modelVersion: 'bench@1',
    action: { kind: 'none' },
    facts: noFacts,
  },
});

/**
 * Yields the items of invented leads as a scan would, one by one, so that only the reader holds them in memory.
 *
 * @param onEntry called after each entry has been taken
 */
export async function* createLeads(
  leads: number,
  entriesEach: number,
  onEntry: (count: number) => void = () => {},
): AsyncGenerator<LeadItem> {
  const random = seededRandom(1);
  for (let lead = 0; lead < leads; lead++) {
    const leadId = `lead-${lead}`;
    let at = start + Math.floor(random() * 4_000) * hourMs;
    for (let version = 1; version <= entriesEach; version++) {
      at += Math.floor(random() ** 2 * (12_000 / entriesEach) * hourMs);
      yield drawEntry(random, leadId, at, version);
      onEntry(version);
    }
    yield buildStateItem(leadId, entriesEach);
  }
}
