import * as z from 'zod/mini';
import { factsDocument } from '../facts-document.ts';
import { actor, dealId, instant, leadId, name, reason, stage, tier } from '../fields.ts';
import { rejectionCodes } from '../rejection-codes.ts';
import { activationActions } from '../words.ts';
import { apiLimits } from './api-limits.ts';
import { countedFigures, moveEnds, moveStarts } from './counted-figures.ts';
import {
  day,
  handoffPath,
  leadPath,
  modelPath,
  modelVersion,
  page,
  quarantinePath,
  subscriptionPath,
  wholeNumber,
} from './fields.ts';
import type { GivenEvent } from './given-event.ts';
import { type ApiService, type Route, route, routeKeyOf } from './route.ts';

const none = z.strictObject({});
const at = z.optional(instant);

/** The states of hand-offs that can be asked for. */
export const handoffStates = [
  'open',
  'waiting',
  'accepted',
  'rejected',
  'withdrawn',
  'answered-elsewhere',
  'expired',
] as const;

const quarantineStates = ['open', 'replayed', 'discarded', 'erased', 'all'] as const;

/** Only a service names the person who answers: the actor of a person is the person of its token. */
const verdict = z.strictObject({ reason: z.optional(reason), actor: z.optional(actor) });

/** The body of a request that makes a model the active one. */
const activation = z.strictObject({
  reason,
  actions: z
    ._default(z.enum(activationActions), 'all')
    .check(z.describe('With none, nothing starts or stops until a lead has an event of its own.')),
  expect: z
    .optional(modelVersion)
    .check(z.describe('The version that must be active: of another one, nothing is changed.')),
});

/** All routes, by the names of their operations. */
export const routes = {
  listLeads: route({
    method: 'GET',
    path: '/api/leads',
    service: 'answer-queries',
    role: 'viewer',
    summary: 'List leads by tier, from the best to none.',
    pathParameters: none,
    query: z.strictObject({
      tier: z.optional(tier),
      stage: z.optional(stage),
      lane: z.optional(name),
      owner: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
      include: z
        .optional(z.literal('facts'))
        .check(
          z.describe('With facts, each lead has all that is known of it. The page may then be shorter.'),
        ),
      ...page,
    }),
    success: 200,
  }),
  getLead: route({
    method: 'GET',
    path: '/api/leads/{id}',
    service: 'answer-queries',
    role: 'viewer',
    summary: 'Show how a lead stands and why, what to ask it next, and what comes by itself.',
    pathParameters: leadPath,
    query: z.strictObject({ at }),
    success: 200,
  }),
  getTimeline: route({
    method: 'GET',
    path: '/api/leads/{id}/timeline',
    service: 'answer-queries',
    role: 'viewer',
    summary: 'List the events of a lead, the latest first, with what each has changed.',
    pathParameters: leadPath,
    query: z.strictObject(page),
    success: 200,
  }),
  getProof: route({
    method: 'GET',
    path: '/api/leads/{id}/proof',
    service: 'take-requests',
    role: 'viewer',
    summary: 'Verify the ledger of a lead now: its hash chain, and its end at the last anchor.',
    pathParameters: leadPath,
    query: none,
    success: 200,
  }),
  stateStage: route({
    method: 'POST',
    path: '/api/leads/{id}/stage',
    service: 'take-requests',
    role: 'seller',
    summary: 'State the stage of a lead.',
    pathParameters: leadPath,
    query: none,
    body: z.strictObject({
      stage,
      dealId: z.optional(dealId),
      reason: z.optional(reason),
      actor: z.optional(actor),
      occurredAt: at,
    }),
    success: 202,
    conditional: true,
  }),
  overrideLead: route({
    method: 'POST',
    path: '/api/leads/{id}/override',
    service: 'take-requests',
    role: 'seller',
    summary: 'Set the tier of a lead or hold it out of hand-offs, until an instant.',
    pathParameters: leadPath,
    query: none,
    body: z.strictObject({
      tier: z.optional(tier),
      hold: z.optional(z.literal(true)),
      until: instant,
      reason,
      actor: z.optional(actor),
    }),
    success: 202,
    conditional: true,
  }),
  liftOverride: route({
    method: 'DELETE',
    path: '/api/leads/{id}/override',
    service: 'take-requests',
    role: 'seller',
    summary: 'Lift the override of a lead before it ends.',
    pathParameters: leadPath,
    query: none,
    success: 202,
    conditional: true,
  }),
  mergeLead: route({
    method: 'POST',
    path: '/api/leads/{id}/merge',
    service: 'take-requests',
    role: 'admin',
    summary: 'Merge another lead into this one, for good.',
    pathParameters: leadPath,
    query: none,
    body: z.strictObject({ mergedLeadId: leadId }),
    success: 202,
    conditional: true,
  }),
  eraseLead: route({
    method: 'DELETE',
    path: '/api/leads/{id}',
    service: 'take-requests',
    role: 'admin',
    summary: 'Erase everything known about a lead, for good.',
    pathParameters: leadPath,
    query: none,
    success: 202,
    conditional: true,
  }),
  getFunnel: route({
    method: 'GET',
    path: '/api/funnel',
    service: 'answer-queries',
    role: 'viewer',
    summary: 'Count the leads by stage and tier, and their moves by day.',
    pathParameters: none,
    query: z.strictObject({ from: z.optional(day), to: z.optional(day) }),
    success: 200,
  }),
  listCountedLeads: route({
    method: 'GET',
    path: '/api/funnel/leads',
    service: 'answer-queries',
    role: 'viewer',
    summary: 'List the leads behind a figure of the funnel or the report, the latest first.',
    pathParameters: none,
    query: z.strictObject({
      figure: z.enum(countedFigures),
      before: z.optional(z.enum(moveStarts)),
      after: z.optional(z.enum(moveEnds)),
      tier: z.optional(tier),
      stage: z.optional(stage),
      queue: z.optional(name),
      from: z.optional(day),
      to: z.optional(day),
      at,
    }),
    success: 200,
  }),
  listHandoffs: route({
    method: 'GET',
    path: '/api/handoffs',
    service: 'answer-queries',
    role: 'viewer',
    summary: 'List hand-offs, queue by queue. On each page the one that is due first is before others.',
    pathParameters: none,
    query: z.strictObject({
      queue: z.optional(name),
      state: z._default(z.enum(handoffStates), 'open'),
      /** Only those that are due by then. */
      due: at,
      ...page,
    }),
    success: 200,
  }),
  listDuplicates: route({
    method: 'GET',
    path: '/api/duplicates',
    service: 'answer-queries',
    role: 'admin',
    summary: 'List pairs of leads that share an identifier, and may be one person.',
    pathParameters: none,
    query: z.strictObject(page),
    success: 200,
  }),
  acceptHandoff: route({
    method: 'POST',
    path: '/api/handoffs/{id}/accept',
    service: 'take-requests',
    role: 'seller',
    summary: 'Accept a hand-off.',
    pathParameters: handoffPath,
    query: none,
    body: verdict,
    success: 202,
  }),
  rejectHandoff: route({
    method: 'POST',
    path: '/api/handoffs/{id}/reject',
    service: 'take-requests',
    role: 'seller',
    summary: 'Reject a hand-off: the lead goes back to nurture.',
    pathParameters: handoffPath,
    query: none,
    body: verdict,
    success: 202,
  }),
  putEvents: route({
    method: 'POST',
    path: '/api/events',
    service: 'take-requests',
    role: 'admin',
    summary: 'Take in up to 500 events, with an answer for each.',
    pathParameters: none,
    query: none,
    body: z
      .array(z.custom<GivenEvent>())
      .check(
        z.minLength(1, { error: 'at least one event' }),
        z.maxLength(apiLimits.events, { error: `at most ${apiLimits.events} events` }),
      ),
    bodyKind: 'events',
    bodyBytes: apiLimits.eventsBytes,
    success: 200,
  }),
  scoreFacts: route({
    method: 'POST',
    path: '/api/score',
    service: 'answer-queries',
    role: 'viewer',
    summary: 'Score given facts. Nothing is stored.',
    pathParameters: none,
    query: none,
    body: factsDocument,
    success: 200,
  }),
  getHealth: route({
    method: 'GET',
    path: '/api/health',
    service: 'manage-quarantine',
    role: 'admin',
    summary: 'Show what waits, what was given up, what comes in and goes out, and the last anchor.',
    pathParameters: none,
    query: none,
    success: 200,
  }),
  getDelivery: route({
    method: 'GET',
    path: '/api/deliveries/{subscription}',
    service: 'manage-quarantine',
    role: 'admin',
    summary: 'Show how a subscription stands, and list its deliveries with their attempts.',
    pathParameters: subscriptionPath,
    query: z.strictObject(page),
    success: 200,
  }),
  listQuarantine: route({
    method: 'GET',
    path: '/api/quarantine',
    service: 'manage-quarantine',
    role: 'admin',
    summary: 'List rejected events with the reasons.',
    pathParameters: none,
    query: z.strictObject({
      code: z.optional(z.enum(rejectionCodes)),
      lead: z.optional(leadId),
      source: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
      state: z._default(z.enum(quarantineStates), 'open'),
      ...page,
    }),
    success: 200,
  }),
  getQuarantined: route({
    method: 'GET',
    path: '/api/quarantine/{id}',
    service: 'manage-quarantine',
    role: 'admin',
    summary: 'Show a rejected event whole.',
    pathParameters: quarantinePath,
    query: none,
    success: 200,
  }),
  replayQuarantined: route({
    method: 'POST',
    path: '/api/quarantine/{id}/replay',
    service: 'manage-quarantine',
    role: 'admin',
    summary: 'Put a rejected event on the bus again, as it came or corrected.',
    pathParameters: quarantinePath,
    query: none,
    body: z.strictObject({
      corrected: z
        .optional(z.looseObject({}))
        .check(z.describe('The whole event, to be put in place of the one that came.')),
      force: z
        .optional(z.boolean())
        .check(z.describe('Whether to replay also an event that would be rejected again.')),
      dryRun: z.optional(z.boolean()).check(z.describe('Whether only to say what would happen.')),
    }),
    bodyBytes: apiLimits.eventsBytes,
    success: 202,
  }),
  discardQuarantined: route({
    method: 'POST',
    path: '/api/quarantine/{id}/discard',
    service: 'manage-quarantine',
    role: 'admin',
    summary: 'Mark a rejected event as one that nobody will correct.',
    pathParameters: quarantinePath,
    query: none,
    body: z.strictObject({ reason }),
    success: 200,
  }),
  listModels: route({
    method: 'GET',
    path: '/api/models',
    service: 'answer-queries',
    role: 'viewer',
    summary: 'List the published scoring models, with the one that is active.',
    pathParameters: none,
    query: none,
    success: 200,
  }),
  listModelHistory: route({
    method: 'GET',
    path: '/api/models/history',
    service: 'manage-models',
    role: 'viewer',
    summary: 'List what was done with models, by whom and why, the latest first.',
    pathParameters: none,
    query: z.strictObject({
      limit: z._default(wholeNumber(1, apiLimits.modelHistory), 50),
      before: z.optional(wholeNumber(1, 999_999_999)),
    }),
    success: 200,
  }),
  getModel: route({
    method: 'GET',
    path: '/api/models/{version}',
    service: 'manage-models',
    role: 'viewer',
    summary: 'Show the document of a published model.',
    pathParameters: modelPath,
    query: none,
    success: 200,
  }),
  diffModels: route({
    method: 'GET',
    path: '/api/models/{version}/diff/{other}',
    service: 'manage-models',
    role: 'viewer',
    summary: 'Say in words what another model changes against this one.',
    pathParameters: z.strictObject({ version: modelVersion, other: modelVersion }),
    query: none,
    success: 200,
  }),
  publishModel: route({
    method: 'POST',
    path: '/api/models',
    service: 'manage-models',
    role: 'admin',
    summary: 'Check a scoring model and store it under its version, for good.',
    pathParameters: none,
    query: none,
    body: z.strictObject({
      document: z.looseObject({}).check(z.describe('A scoring model, as models/schema/model.json has it.')),
      reason,
    }),
    bodyBytes: apiLimits.modelBytes,
    bodyDepth: apiLimits.modelDepth,
    success: 200,
  }),
  activateModel: route({
    method: 'POST',
    path: '/api/models/{version}/activate',
    service: 'manage-models',
    role: 'admin',
    summary: 'Judge all leads by a published model from now on, and rescore them.',
    pathParameters: modelPath,
    query: none,
    body: activation,
    success: 200,
  }),
  rollBackModel: route({
    method: 'POST',
    path: '/api/models/rollback',
    service: 'manage-models',
    role: 'admin',
    summary: 'Judge all leads by the model that was active before, and rescore them.',
    pathParameters: none,
    query: none,
    body: activation,
    success: 200,
  }),
  shadowModel: route({
    method: 'POST',
    path: '/api/models/{version}/shadow',
    service: 'manage-models',
    role: 'admin',
    summary: 'Score leads by a second published model as well, which starts nothing.',
    pathParameters: modelPath,
    query: none,
    body: z.strictObject({ reason }),
    success: 200,
  }),
  endShadow: route({
    method: 'DELETE',
    path: '/api/models/shadow',
    service: 'manage-models',
    role: 'admin',
    summary: 'Score leads by the active model only.',
    pathParameters: none,
    query: z.strictObject({ reason }),
    success: 200,
  }),
  getRescoring: route({
    method: 'GET',
    path: '/api/rescoring',
    service: 'manage-models',
    role: 'viewer',
    summary: 'Show how far the rescoring of all leads is.',
    pathParameters: none,
    query: none,
    success: 200,
  }),
  pauseRescoring: route({
    method: 'POST',
    path: '/api/rescoring/pause',
    service: 'manage-models',
    role: 'admin',
    summary: 'Pause the rescoring.',
    pathParameters: none,
    query: none,
    success: 200,
  }),
  resumeRescoring: route({
    method: 'POST',
    path: '/api/rescoring/resume',
    service: 'manage-models',
    role: 'admin',
    summary: 'Go on with a rescoring that is paused.',
    pathParameters: none,
    query: none,
    success: 200,
  }),
  getReport: route({
    method: 'GET',
    path: '/api/report',
    service: 'answer-queries',
    role: 'viewer',
    summary: 'Report on all leads: effort by tier, wins, time in each stage, leads that are stuck.',
    pathParameters: none,
    query: z.strictObject({
      at,
      tiers: z._default(z.enum(['judged', 'recorded']), 'judged'),
      stuckDays: z._default(wholeNumber(1, 36_500), 30),
      limit: z._default(wholeNumber(0, 1_000), 10),
    }),
    success: 200,
  }),
} as const;

export type Routes = typeof routes;
export type Operation = keyof Routes;

/** The operations that a function answers. */
export type OperationOf<Service extends ApiService> = {
  [O in Operation]: Routes[O]['service'] extends Service ? O : never;
}[Operation];

export const operations = Object.keys(routes) as Operation[];

/** Lists the routes of a function by their keys. */
export const listRoutes = (service: ApiService): ReadonlyMap<string, Operation> =>
  new Map(
    operations
      .filter((operation) => routes[operation].service === service)
      .map((operation) => [routeKeyOf(routes[operation]), operation]),
  );

/** Returns the route of an operation. */
export const routeOf = (operation: Operation): Route => routes[operation] as Route;
