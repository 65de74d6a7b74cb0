import fc from 'fast-check';
import { stages, type Tier, tiers } from '../../events/index.ts';
import { evolve, judge, type LeadState, type SignalEvent } from '../../shared/lead/index.ts';
import {
  compileModel,
  computeHour,
  evaluate,
  type Facts,
  instantOf,
  modelDocument,
  noFacts,
  type ScoringModel,
} from '../../shared/scoring/index.ts';
import { activityNames, decayingDocument } from './decaying-models.ts';
import { buildSignal } from './events.ts';

const hourMs = 3_600_000;
const start = Date.parse('2025-01-07T00:00:00.000Z');
const spanHours = 420 * 24;

type Said = Pick<SignalEvent, 'type'> & { readonly data: Record<string, unknown> };

const said = (type: SignalEvent['type'], data: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<Said> =>
  data.map((given) => ({ type, data: given }));

const anything: fc.Arbitrary<Said> = fc.oneof(
  {
    weight: 8,
    arbitrary: said(
      'LeadActivityRecorded',
      fc.record({ activity: fc.constantFrom(...activityNames), count: fc.integer({ min: 1, max: 4 }) }),
    ),
  },
  said(
    'LeadActivityRecorded',
    fc.record({ activity: fc.constantFrom('visited', 'opened'), total: fc.integer({ min: 1, max: 9 }) }),
  ),
  {
    weight: 3,
    arbitrary: said(
      'LeadProfileUpdated',
      fc
        .record(
          {
            region: fc.constantFrom('north', 'south', null),
            employees: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.constant(null)),
          },
          { requiredKeys: [] },
        )
        .map((attributes) => ({ attributes: { region: 'north', ...attributes } })),
    ),
  },
  {
    weight: 2,
    arbitrary: said(
      'LeadAnswersRecorded',
      fc.constantFrom(
        { answers: { budget: { value: 'approved' } } },
        { answers: { budget: { value: 'none' } } },
        { answers: { need: { value: 'critical' } } },
        { answers: { need: { value: 'none' } } },
        { answers: { issue: { value: 'yes', text: 'Too slow.' } } },
      ),
    ),
  },
  said('LeadStageChanged', fc.record({ stage: fc.constantFrom(...stages) })),
  said('LeadOutcomeRecorded', fc.record({ outcome: fc.constantFrom('referenced', 'churned', 'lost') })),
  said('HandoffRejected', fc.constant({ actor: 'ann' })),
);

const hour = fc.oneof(
  fc.integer({ min: 0, max: spanHours * 60 }).map((minutes) => minutes / 60),
  fc.integer({ min: 0, max: spanHours / 24 }).map((day) => day * 24),
);

const facts: fc.Arbitrary<Facts> = fc
  .tuple(
    fc.array(fc.record({ signal: anything, hour }), { minLength: 1, maxLength: 14 }),
    fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: undefined, freq: 2 }),
  )
  .map(([given, later]) => {
    const known = given
      .map(({ signal, hour: at }, i) =>
        buildSignal({ ...signal, at: new Date(start + at * hourMs).toISOString(), id: `e-${i}` }),
      )
      .reduce(evolve, noFacts);
    return later === undefined ? known : { ...known, clock: (computeHour(known.seen) + later) * hourMs };
  });

export interface DecayingLead {
  readonly model: ScoringModel;
  readonly state: LeadState;
}

export const stateOf = (model: ScoringModel, known: Facts, before: Tier): LeadState => ({
  leadId: 'l-1',
  version: 1,
  facts: known,
  ...judge(model, known, before).standing,
});

/** Returns a model with one of the bounds of its tiers near a score, so that time brings the score across it. */
const withTiers = (document: object, known: Facts, distance: number, hysteresis: number): ScoringModel => {
  const compile = (good: number): ScoringModel =>
    compileModel(
      modelDocument.parse({
        ...document,
        tiers: {
          excellent: Math.min(100, good + 20),
          good,
          risky: Math.max(0, good - 20),
          hysteresis,
        },
      }),
    );
  const { score } = evaluate(compile(50), known, judgedStage(compile(50), known), instantOf(known));
  return compile(Math.max(0, Math.min(100, Math.round((score + distance) * 100) / 100)));
};

const judgedStage = (model: ScoringModel, known: Facts) => judge(model, known, 'none').standing.stage;

/** Leads with a model of their own, by which time alone often changes something. */
export const decayingLead: fc.Arbitrary<DecayingLead> = fc
  .record({
    document: decayingDocument,
    known: facts,
    distance: fc.double({ min: -8, max: 4, noNaN: true }),
    hysteresis: fc.constantFrom(0, 0, 1, 5),
    before: fc.constantFrom(...tiers),
  })
  .map(({ document, known, distance, hysteresis, before }) => {
    const model = withTiers(document, known, distance, hysteresis);
    return { model, state: stateOf(model, known, before) };
  });
