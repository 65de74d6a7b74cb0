import { buildHandoffPathId } from '../../events/api/index.ts';
import {
  askNext,
  type Confirmation,
  listWithoutPoints,
  type NextQuestion,
  type WithoutPoints,
} from '../../shared/advice/index.ts';
import {
  asOfRecord,
  type FoundLead,
  type LeadAsOf,
  lastHeard,
  leadRecord,
  upcomingRecord,
} from '../../shared/as-of/index.ts';
import type { Handoff, Nurture } from '../../shared/follow-ups/index.ts';
import { chooseColumns } from '../../shared/people/index.ts';
import {
  type DimensionExplanation,
  type Explanation,
  explain,
  instantOf,
  type ScoringModel,
} from '../../shared/scoring/index.ts';
import { presentFacts } from './known-facts.ts';

/** The most questions of an answer, and the most answers to confirm. */
const mostQuestions = 10;

const isoOf = (at: number): string => new Date(at).toISOString();

const presentAges = ({ ages, ...dimension }: DimensionExplanation) => ({
  ...dimension,
  ...(ages !== undefined && {
    ages: {
      oldest: { ...ages.oldest, at: isoOf(ages.oldest.at) },
      newest: { ...ages.newest, at: isoOf(ages.newest.at) },
    },
  }),
});

const presentExplanation = ({ dimensions, answering, ...explanation }: Explanation) => ({
  ...explanation,
  dimensions: dimensions.map(presentAges),
  ...(answering !== undefined && {
    answering: {
      ...answering,
      changed: answering.changed.map((change) => ({ ...change, at: isoOf(change.at) })),
    },
  }),
});

const presentWithoutPoints = (fact: WithoutPoints) =>
  'last' in fact ? { ...fact, last: isoOf(fact.last) } : fact;

/** Returns a question with its best and its worst answer. All answers would be longer than all else of a lead. */
const presentQuestion =
  ({ document }: ScoringModel) =>
  ({ outcomes: _outcomes, potential: _potential, ...question }: NextQuestion) => {
    const { questions = {} } = document;
    const text = Object.hasOwn(questions, question.question) ? questions[question.question]?.text : undefined;
    return { ...question, ...(text !== undefined && { text }) };
  };

const presentConfirmation = (confirmation: Confirmation) => ({
  ...confirmation,
  since: isoOf(confirmation.since),
});

/** Returns everything that follows from the facts, the model and the instant. */
export const presentStanding = ({ model, state }: Pick<LeadAsOf, 'model' | 'state'>) => {
  const { action, lane, demoReady, heldBack, overridden, actionsWait, disqualification, facts } = state;
  const explanation = explain(model, facts, state.stage, instantOf(facts));
  const { questions, confirm } = askNext(model, state);
  return {
    ...leadRecord(state),
    action,
    ...(lane !== undefined && { lane }),
    ...(demoReady !== undefined && { demoReady }),
    ...(heldBack !== undefined && { heldBack }),
    ...(overridden !== undefined && { overridden }),
    ...(actionsWait !== undefined && { actionsWait }),
    ...(disqualification !== undefined && { disqualification }),
    explanation: presentExplanation(explanation),
    withoutPoints: listWithoutPoints(model, facts, explanation.counted).map(presentWithoutPoints),
    askNext: {
      questions: questions.slice(0, mostQuestions).map(presentQuestion(model)),
      more: Math.max(0, questions.length - mostQuestions),
      confirm: confirm.slice(0, mostQuestions).map(presentConfirmation),
    },
  };
};

const presentHandoff = ({ leadId, ...handoff }: Handoff) => ({
  id: buildHandoffPathId(leadId, handoff.handoffId),
  ...handoff,
});

/** Returns the instant by which hand-offs are sorted: that of the request, or of the answer to one made elsewhere. */
const startOf = ({ requestedAt, waitsUntil, answeredAt }: Handoff): string =>
  requestedAt ?? waitsUntil ?? answeredAt ?? '';

const presentNurture = ({ track, startedAt, waiting, refused }: Nurture) =>
  track === undefined && waiting === undefined && refused === undefined
    ? null
    : {
        ...(track !== undefined && { track }),
        ...(startedAt !== undefined && { startedAt: isoOf(startedAt) }),
        ...(waiting !== undefined && { waiting: { track: waiting.track, beginsAt: isoOf(waiting.dueAt) } }),
        ...(refused !== undefined && { refused }),
      };

/** Returns the hand-offs and the nurture of a lead. They are stored as they are now, so a lead in the past has none. */
const presentFollowUps = ({ now, lead }: FoundLead) => {
  if (now === undefined || lead.tense !== 'present') return {};
  const { handoffs, nurture, isWhole } = now.followUps;
  return {
    handoffs: handoffs
      .toSorted((a, b) => (startOf(a) < startOf(b) ? 1 : startOf(a) > startOf(b) ? -1 : 0))
      .map(presentHandoff),
    moreHandoffs: !isWhole,
    nurture: presentNurture(nurture),
  };
};

/** Returns a lead as the API answers with it. @param requestedId the id that the caller has asked for */
export const presentLead = (found: FoundLead, requestedId: string) => {
  const { lead } = found;
  const { leadId, facts } = lead.state;
  const columns = chooseColumns({ models: [lead.model.document] });
  const { meanwhile: _meanwhile, ...asOf } = asOfRecord(lead);
  const { leadId: _leadId, ...standing } = presentStanding(lead);
  return {
    leadId,
    ...(requestedId !== leadId && { requestedId }),
    ...asOf,
    meanwhile: lead.meanwhile.map(upcomingRecord),
    lastHeard: lastHeard(lead.state),
    shown: Object.fromEntries(columns.map(({ name, read }) => [name, read(facts.attributes) ?? null])),
    ...standing,
    facts: presentFacts(facts),
    ...presentFollowUps(found),
  };
};
