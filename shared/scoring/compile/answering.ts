import type { AnswerFlag } from '../document/answer-flags.ts';
import type { ModelDocument } from '../document/model.ts';
import type { Question } from '../document/vocabulary.ts';
import { type AnswerFact, computeDay, type EarlierValue } from '../facts.ts';
import { type Reading, type Test, yes } from '../reading.ts';
import { isSameLiteral } from '../values/literals.ts';
import { readNumber } from '../values/read-plain.ts';
import { compileCondition } from './condition.ts';
import type { FactLayout, ReadAnswer } from './fact-layout.ts';
import { roundFinely } from './round-finely.ts';
import { answerWording } from './subject.ts';

interface SteadyQuestion {
  readonly question: string;
  readonly read: ReadAnswer;
  readonly withinDays: number;
  readonly tolerance: number;
}

export interface Contradiction {
  readonly id: string;
  readonly text: string;
  readonly test: Test;
}

export interface CompiledAnswering {
  readonly open: readonly { readonly read: ReadAnswer; readonly isText: boolean }[];
  readonly steady: readonly SteadyQuestion[];
  readonly contradictions: readonly Contradiction[];
  /** The number of words below which an answer is short. */
  readonly shortBelow: number;
  readonly longFrom: number;
  readonly specificWords: number;
  readonly specificFigures: number;
}

const never = Number.POSITIVE_INFINITY;

const isOpen = (question: Question): boolean => question.open ?? question.kind === 'text';

const steadyOf = (question: Question) => ('steady' in question ? question.steady : undefined);

/** Returns the questions whose answers are judged by their wording. */
export const answersJudged = ({
  questions = {},
  answering,
}: Pick<ModelDocument, 'questions' | 'answering'>): string[] =>
  answering === undefined
    ? []
    : Object.entries(questions).flatMap(([name, question]) => (isOpen(question) ? [name] : []));

/** Returns the questions on whose answers a judgement of the way in which a lead answers depends. */
export const questionsBehind = (flag: AnswerFlag, document: ModelDocument): string[] =>
  flag === 'contradictory'
    ? Object.entries(document.questions ?? {}).flatMap(([name, question]) =>
        steadyOf(question) === undefined ? [] : [name],
      )
    : answersJudged(document);

/** Compiles how answers are judged; undefined if the model judges none. */
export const compileAnswering = (
  { questions = {}, answering }: Pick<ModelDocument, 'questions' | 'answering'>,
  layout: FactLayout,
): CompiledAnswering | undefined => {
  const all = Object.entries(questions);
  const open = answersJudged({ questions, answering });
  const steady = all.flatMap(([question, described]): SteadyQuestion[] => {
    const rule = steadyOf(described);
    if (rule === undefined) return [];
    const { withinDays = never, tolerance = 0 } = rule;
    return [{ question, read: layout.reserveAnswer(question), withinDays, tolerance }];
  });
  if (answering === undefined && steady.length === 0) return undefined;
  const { short, long, specific, contradictions = [] } = answering ?? {};
  return {
    open: open.map((question) => ({
      read: layout.reserveAnswer(question),
      isText: layout.asksForWords(question),
    })),
    steady,
    contradictions: contradictions.map(({ id, text, when }) => ({
      id,
      text,
      test: compileCondition(when, layout),
    })),
    shortBelow: short?.below ?? 0,
    longFrom: long?.from ?? never,
    specificWords: specific?.words ?? never,
    specificFigures: specific?.figures ?? never,
  };
};

/** Returns whether two answers to one question contradict each other. An answer of a list equals no other. */
const differ = (a: NonNullable<AnswerFact[0]>, b: NonNullable<EarlierValue>, tolerance: number): boolean => {
  const [of, other] = [readNumber(a), readNumber(b)];
  if (of !== undefined && other !== undefined) return roundFinely(Math.abs(of - other)) > tolerance;
  return typeof a === 'object' || !isSameLiteral(a, b);
};

/** Finds the earlier value that the answer contradicts, if there is one. */
export const contradicted = (
  { withinDays, tolerance }: SteadyQuestion,
  answer: AnswerFact | undefined,
): string | number | boolean | undefined => {
  if (answer === undefined) return undefined;
  const [value, at, , earlier] = answer;
  if (value === null || earlier === undefined) return undefined;
  const found = earlier.find(
    ([other, then]) =>
      other !== null && differ(value, other, tolerance) && computeDay(at) - computeDay(then) <= withinDays,
  );
  return found?.[0] ?? undefined;
};

/** Counts how the lead answers, into the reading. */
export const readAnswering = (answering: CompiledAnswering, reading: Reading): void => {
  const { found } = reading;
  const { open, steady, contradictions, shortBelow, longFrom, specificWords, specificFigures } = answering;
  for (const { read, isText } of open) {
    const wording = answerWording(read(reading), isText);
    if (wording === undefined) continue;
    const [words, figures] = wording;
    found.answered++;
    if (words < shortBelow) found.short++;
    if (words >= longFrom) found.long++;
    if (words >= specificWords && figures >= specificFigures) found.specific++;
  }
  for (const question of steady) {
    if (contradicted(question, question.read(reading)) !== undefined) found.contradictory++;
  }
  for (const { test } of contradictions) if (test(reading) === yes) found.contradictory++;
};
