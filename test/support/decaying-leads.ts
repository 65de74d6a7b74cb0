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
  round,
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

/** Overrides by a person, until some weeks after the last event, or until after every decay is over. */
const overriding = fc
  .record({
    what: fc.constantFrom(
      { tier: 'excellent' },
      { tier: 'none' },
      { hold: true },
      { tier: 'good', hold: true },
    ),
    hours: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: -24, max: 1_400 }) },
      { weight: 1, arbitrary: fc.constant(10_000) },
    ),
    minutes: fc.constantFrom(0, 0, 1, 59),
  })
  .map(({ what, hours, minutes }) => ({
    ...what,
    until: new Date(start + (spanHours + hours) * hourMs + minutes * 60_000).toISOString(),
    actor: 'ann',
    reason: 'met them',
  }));

const anything: fc.Arbitrary<Said> = fc.oneof(
  {
    weight: 14,
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
  said('LeadOverridden', overriding),
  said('LeadOverrideLifted', fc.constant({ actor: 'ann' })),
);

/** Hours over 14 months, most of them in the last two; a quarter of them at the beginning of a day. */
const hour = fc
  .tuple(fc.integer({ min: 0, max: 1_000 }), fc.constantFrom(1, 24, 1 / 60, 1 / 60))
  .map(([share, step]) => spanHours - Math.floor((spanHours * (share / 1_000) ** 3) / step) * step);

const facts: fc.Arbitrary<Facts> = fc
  .tuple(
    fc.array(fc.record({ signal: anything, hour }), { minLength: 1, maxLength: 14 }),
    fc.constantFrom(0, 0, 0, 0, 1, 40, 700, 4_000),
  )
  .map(([given, later]) => {
    const known = given
      .map(({ signal, hour: at }, i) =>
        buildSignal({ ...signal, at: new Date(start + at * hourMs).toISOString(), id: `e-${i}` }),
      )
      .reduce(evolve, noFacts);
    return later === 0 ? known : { ...known, clock: (computeHour(known.seen) + later) * hourMs };
  });

/** A lead with the model that judged it. */
export interface JudgedLead {
  readonly model: ScoringModel;
  readonly state: LeadState;
}

const stateOf = (model: ScoringModel, known: Facts, before: Tier): LeadState => ({
  leadId: 'l-1',
  version: 1,
  facts: known,
  ...judge(model, known, before).standing,
});

/** Returns a lead whose score was announced a while ago, if its model announces scores. */
const withAnnounced = ({ document }: ScoringModel, state: LeadState, drift: number): LeadState => {
  const { announceScore } = document.policy;
  if (announceScore === undefined) return state;
  const distance = Math.min(Math.abs(drift), announceScore.points - 0.01) * Math.sign(drift);
  return { ...state, announcedScore: round(state.score + distance) };
};

/** Returns a lead whose action waits: what runs isn't what its policy asks for. */
const withWaiting = ({ heldBack: _heldBack, ...state }: LeadState): LeadState => ({
  ...state,
  action: { kind: 'nurture', track: 'before' },
  actionsWait: true,
});

interface Bounds {
  /** The distance of the bound of good from the score that the lead has now. */
  readonly distance: number;
  /** The distance between the bounds. */
  readonly width: number;
  readonly hysteresis: number;
}

/** Returns a model with bounds of tiers near the score that a lead has now, so that time brings it across them. */
const compileAround = (
  document: object,
  known: Facts,
  { distance, width, hysteresis }: Bounds,
): ScoringModel => {
  const compile = (good: number): ScoringModel => {
    const [risky, excellent] = [Math.max(0, good - width), Math.min(100, good + width)];
    return compileModel(modelDocument.parse({ ...document, tiers: { excellent, good, risky, hysteresis } }));
  };
  const model = compile(50);
  const { score } = evaluate(model, known, stateOf(model, known, 'none').stage, instantOf(known));
  return compile(Math.max(0, Math.min(100, round(score + distance))));
};

/** Returns leads with these facts, judged by these models, by which time alone often changes something. */
export const judgedLeads = (
  documents: fc.Arbitrary<object>,
  known: fc.Arbitrary<Facts>,
): fc.Arbitrary<JudgedLead> =>
  fc
    .record({
      document: documents,
      known,
      bounds: fc.record({
        distance: fc.integer({ min: -500, max: 500 }).map((cents) => cents / 100),
        width: fc.constantFrom(1, 6, 20),
        hysteresis: fc.constantFrom(0, 0, 0.5, 5),
      }),
      before: fc.constantFrom(...tiers),
      drift: fc.integer({ min: -400, max: 400 }).map((cents) => cents / 100),
      waits: fc.constantFrom(false, false, false, true),
    })
    .map(({ document, known: given, bounds, before, drift, waits }) => {
      const model = compileAround(document, given, bounds);
      const state = withAnnounced(model, stateOf(model, given, before), drift);
      return { model, state: waits ? withWaiting(state) : state };
    });

export const decayingLead = judgedLeads(decayingDocument, facts);
