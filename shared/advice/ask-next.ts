import { createRejudge } from '../lead/index.ts';
import { type Affected, type Candidate, instantOf, round, type ScoringModel } from '../scoring/index.ts';
import { createWhatIfAnswered, instantAfter } from './change.ts';
import { type Confirmation, listConfirmations } from './confirm.ts';
import { deriveKnowledge } from './knowledge.ts';
import { isKnown } from './options.ts';
import {
  type Advised,
  compareOutcomes,
  computeLevel,
  computeOutcome,
  isDisqualified,
  type Outcome,
  pickOutcome,
  withoutOverride,
} from './outcome.ts';
import { createPotential, type Potential } from './potential.ts';

/** An answer, and how the lead would stand after it. */
export interface AnswerOutcome extends Outcome, Candidate {}

/** A question that nobody has answered, and what its answers could change. */
export interface NextQuestion {
  readonly question: string;
  /** One for each answer that makes a difference to the model. */
  readonly outcomes: readonly AnswerOutcome[];
  readonly best: AnswerOutcome;
  readonly worst: AnswerOutcome;
  /** The tiers between the best outcome and the worst; to be disqualified is one below no tier. */
  readonly tiersApart: number;
  /** Whether the best outcome is a better tier than now, or lifts a disqualification. */
  readonly lifts: boolean;
  readonly couldDisqualify: boolean;
  readonly couldRequalify: boolean;
  /** Points between the highest score and the lowest. */
  readonly swing: number;
  /** The most coverage that an answer adds, 0 to 1. */
  readonly coverageGain: number;
  /** The most that it could still add together with other answers, at this stage and those after it. */
  readonly potential: readonly Potential[];
}

export interface NextQuestions {
  readonly present: Outcome;
  /** The questions, those whose answers decide most first. */
  readonly questions: readonly NextQuestion[];
  /** The answers that have grown old and are worth confirming, those that raise the lead most first. */
  readonly confirm: readonly Confirmation[];
}

const comparePotential = (a: NextQuestion, b: NextQuestion): number => {
  const stage = a.potential.findIndex(({ points }, i) => points !== b.potential[i]?.points);
  return stage < 0 ? 0 : (b.potential[stage]?.points ?? 0) - (a.potential[stage]?.points ?? 0);
};

/** Compares by what an answer decides by itself, and only then by what it could do with others. */
const byWeight = (a: NextQuestion, b: NextQuestion): number =>
  b.tiersApart - a.tiersApart ||
  Number(b.lifts) - Number(a.lifts) ||
  b.swing - a.swing ||
  b.coverageGain - a.coverageGain ||
  comparePotential(a, b);

const buildQuestion = (
  question: string,
  present: Outcome,
  outcomes: readonly AnswerOutcome[],
  potential: readonly Potential[],
): NextQuestion => {
  const best = outcomes.reduce((a, b) => (compareOutcomes(b, a) > 0 ? b : a));
  const worst = outcomes.reduce((a, b) => (compareOutcomes(b, a) < 0 ? b : a));
  const most = (of: (outcome: AnswerOutcome) => number) =>
    outcomes.reduce((so, outcome) => Math.max(so, of(outcome)), Number.NEGATIVE_INFINITY);
  return {
    question,
    outcomes,
    best,
    worst,
    tiersApart: computeLevel(best) - computeLevel(worst),
    lifts: computeLevel(best) > computeLevel(present),
    couldDisqualify: !isDisqualified(present) && isDisqualified(worst),
    couldRequalify: isDisqualified(present) && !isDisqualified(best),
    swing: round(most(({ score }) => score) + most(({ score }) => -score)),
    coverageGain: round(most(({ coverage }) => coverage) - present.coverage),
    potential,
  };
};

/**
 * Ranks the questions that a lead has not answered and the model reads by how much their answers could change. Every
 * answer that makes a difference is tried: folded in as the event that would bring it, and judged. Answers that give
 * fewer points with their age are proposed to be confirmed.
 *
 * @param now the instant as of which the advice is given, in milliseconds since 1970; the lead must be as it is then
 */
export const askNext = (
  model: ScoringModel,
  lead: Advised,
  now: number = instantOf(lead.facts),
): NextQuestions => {
  const { facts, held } = withoutOverride(lead);
  const knowledge = deriveKnowledge(model);
  const present = computeOutcome(model, facts, held, now);
  const at = instantAfter(facts, now);
  const candidates = knowledge.candidatesAfter(facts.answers);
  const answer = createWhatIfAnswered(facts, at);
  const rejudge = createRejudge(model, facts, present.tier, Date.parse(at));
  const computePotential = createPotential(model, knowledge, facts, present.stage, now);
  const questions = knowledge.questions
    .filter((question) => !isKnown(facts.answers, question))
    .map((question) => {
      const outcomes = (candidates.answers.get(question) ?? []).map((candidate) => {
        const affected = knowledge.affected.get(question) as Affected;
        return { ...candidate, ...pickOutcome(rejudge(answer(question, candidate), affected)) };
      });
      return buildQuestion(question, present, outcomes, computePotential(question));
    });
  return {
    present,
    questions: questions.sort(byWeight),
    confirm: listConfirmations(knowledge, { model, facts, present, at }),
  };
};
