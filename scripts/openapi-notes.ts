import type { Operation } from '../events/api/index.ts';
import { inboundContracts } from '../events/index.ts';

/** The events of the examples: a list may hold events of any types. */
const events = [
  inboundContracts.LeadActivityRecorded.sampleEvent,
  inboundContracts.LeadStageChanged.sampleEvent,
];

/** The examples of JSON bodies, by operation. */
export const bodyExamples: Partial<Readonly<Record<Operation, unknown>>> = {
  stateStage: { stage: 'sql', reason: 'Discovery call held' },
  overrideLead: { tier: 'excellent', until: '2026-04-01T00:00:00Z', reason: 'Met the board at the fair' },
  mergeLead: { mergedLeadId: 'lead-43' },
  acceptHandoff: { reason: 'Called her' },
  rejectHandoff: { reason: 'No budget this year' },
  putEvents: events,
  scoreFacts: {
    at: '2026-03-01T09:00:00Z',
    stage: 'mql',
    attributes: { industry: 'software', employees: 250 },
    answers: { budget: 'approved', need: { value: 'high', at: '2026-02-27T10:00:00Z' } },
    activities: { demo_requested: 1, email_clicked: { count: 3, at: '2026-02-20T12:00:00Z' } },
    outcomes: { won: 1 },
  },
  replayQuarantined: { corrected: inboundContracts.LeadStageChanged.sampleEvent, dryRun: true },
  discardQuarantined: { reason: 'A test of the shop' },
  publishModel: {
    document: { id: 'success-ready', version: '5', title: 'Success-ready leads', '…': 'the other sections' },
    reason: 'Webinars count more',
  },
  activateModel: { reason: 'Compared with the history of March', actions: 'all', expect: 'success-ready@5' },
  rollBackModel: { reason: 'Too many hand-offs', expect: 'success-ready@6' },
  shadowModel: { reason: 'To watch it for a month' },
};

/** The example of a body with one event a line. */
export const linesExample = events.map((event) => `${JSON.stringify(event)}\n`).join('');

interface ParameterNote {
  readonly description: string;
  readonly example?: unknown;
}

/** The descriptions and examples of parameters, by the first part of the path and the name, or by the name alone. */
export const parameterNotes: Readonly<Record<string, ParameterNote>> = {
  'leads.id': { description: 'The id of the lead.', example: 'lead-42' },
  'handoffs.id': {
    description: 'The id of the hand-off as `GET /api/handoffs` returns it: that of the lead, `~`, its own.',
    example: 'lead-42~handoff-1f0c',
  },
  'quarantine.id': {
    description: 'The id of the rejected event as `GET /api/quarantine` returns it.',
    example: '9c56cc51b374c3ba189210d5b6d4bf57',
  },
  'deliveries.subscription': {
    description: 'The name of the subscription, which is that of its document.',
    example: 'crm',
  },
  'models.version': { description: 'The version of a published model.', example: 'success-ready@5' },
  'models.other': { description: 'The version of the model that changes it.', example: 'success-ready@6' },
  'models.limit': { description: 'The most entries.' },
  'models.before': {
    description: 'The revision before which the entries end. Left out, the latest are listed.',
  },
  'models.reason': { description: 'Why, for the history.', example: 'The comparison is over' },
  'report.limit': { description: 'The most leads in each list of the report.' },
  'handoffs.state': { description: 'Only hand-offs in this state.' },
  'quarantine.state': { description: 'Only rejected events in this state.' },
  'funnel.figure': { description: 'The figure whose leads are listed.', example: 'won' },
  'funnel.before': { description: 'Of moves: only those from there.' },
  'funnel.after': { description: 'Of moves: only those to there.' },
  'funnel.tier': { description: 'Of moves and outcomes: only those in this tier.' },
  'funnel.stage': { description: 'Only those at this stage.' },
  'funnel.queue': { description: 'Of deadlines: only those of this queue.' },
  limit: { description: 'The most entries of the page.' },
  cursor: { description: 'The cursor of the page before. Left out, the page is the first.' },
  at: {
    description: 'The instant as of which the answer is. Left out, it is now.',
    example: '2026-03-01T09:00:00Z',
  },
  tier: { description: 'Only leads of this tier.' },
  stage: { description: 'Only leads at this stage.' },
  lane: { description: 'Only leads in this lane, the segment that the model sorts them into.' },
  owner: { description: 'Only leads of this owner.' },
  include: {
    description: 'With `facts`, each lead has all that is known of it; a page may then be shorter.',
  },
  queue: { description: 'Only hand-offs in this queue.' },
  due: { description: 'Only hand-offs that are due by then.', example: '2026-03-02T17:00:00Z' },
  code: { description: 'Only events that were rejected with this code.' },
  lead: { description: 'Only events about this lead.', example: 'lead-42' },
  source: { description: 'Only events from this source.' },
  tiers: {
    description: 'The tiers that leads are counted by: those of their present judgement, or those recorded.',
  },
  stuckDays: { description: 'The days in one stage after which a lead is stuck.' },
  from: { description: 'The first day of the flows, in UTC.', example: '2026-03-01' },
  to: { description: 'The last day of the flows, in UTC.', example: '2026-03-31' },
};
