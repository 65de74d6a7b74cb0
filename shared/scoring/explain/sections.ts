import type { FactValue } from '../../../events/index.ts';
import type { Contradiction } from '../compile/answering.ts';
import { contradicted } from '../compile/answering.ts';
import type { ScoringModel } from '../compile/model.ts';
import { type Letter, letters } from '../document/letters.ts';
import type { SlidePart, SlideStatus } from '../document/slide-parts.ts';
import { round } from '../evaluate.ts';
import { type Lane, type Reading, type Truth, unknown, yes } from '../reading.ts';

type Verdict = 'pass' | 'fail' | 'unknown';

export type BantExplanation = Readonly<Record<Letter | 'met', Verdict>>;

const verdict = (truth: Truth): Verdict => (truth === unknown ? 'unknown' : truth === yes ? 'pass' : 'fail');

export const explainBant = ({ bant }: ScoringModel, reading: Reading): BantExplanation | undefined =>
  bant && {
    ...(Object.fromEntries(
      letters.map((letter, i) => [letter, verdict(reading.bant[i] ?? unknown)]),
    ) as Record<Letter, Verdict>),
    met: verdict(reading.bantMet),
  };

export interface SlideExplanation {
  readonly demoReady: 'yes' | 'no' | 'unknown';
  /** The number of parts that count; a partial one counts as much as the model says. */
  readonly parts: number;
  readonly threshold: number;
  readonly statuses: readonly {
    readonly part: SlidePart;
    readonly title: string;
    readonly status: SlideStatus;
  }[];
}

export const explainSlide = ({ slide }: ScoringModel, reading: Reading): SlideExplanation | undefined =>
  slide && {
    demoReady:
      reading.found.demoReady === unknown ? 'unknown' : reading.found.demoReady === yes ? 'yes' : 'no',
    parts: round(reading.found.slideParts),
    threshold: slide.threshold,
    statuses: slide.parts.map(({ part, title }, i) => ({
      part,
      title,
      status: reading.found.slide[i] ?? 'missing',
    })),
  };

/**
 * Returns the lane; `none` if the lead is known to be in no lane, undefined if there are no lanes or it isn't known.
 */
export const explainLane = (reading: Reading): Lane | 'none' | undefined => {
  if (!reading.found.lane) return reading.found.lane === null ? 'none' : undefined;
  const { id, title, kind, pursued, figures, standings } = reading.found.lane;
  return { id, title, kind, pursued, figures, standings };
};

/** A question with two answers that can't both be true. */
interface ChangedAnswer {
  readonly question: string;
  /** The question as leads are asked it. */
  readonly text: string;
  readonly earlier: string | number | boolean;
  readonly now: FactValue;
  /** The instant of the present answer, in milliseconds since 1970. */
  readonly at: number;
}

export interface AnsweringExplanation {
  /** The number of open questions answered in words; the next three count the answers among them that are so. */
  readonly answered: number;
  readonly short: number;
  readonly long: number;
  readonly specific: number;
  /** The questions with two answers that contradict each other. */
  readonly changed: readonly ChangedAnswer[];
  /** The answers to different questions that can't both be true. */
  readonly contradictions: readonly Pick<Contradiction, 'id' | 'text'>[];
}

export const explainAnswering = (
  { answering, document }: ScoringModel,
  reading: Reading,
): AnsweringExplanation | undefined => {
  if (answering === undefined) return undefined;
  const { answered, short, long, specific } = reading.found;
  return {
    answered,
    short,
    long,
    specific,
    changed: answering.steady.flatMap((rule) => {
      const answer = rule.read(reading);
      const earlier = contradicted(rule, answer);
      if (answer === undefined || earlier === undefined) return [];
      const { question } = rule;
      const text = document.questions?.[question]?.text ?? question;
      return [{ question, text, earlier, now: answer[0], at: answer[1] }];
    }),
    contradictions: answering.contradictions
      .filter(({ test }) => test(reading) === yes)
      .map(({ id, text }) => ({ id, text })),
  };
};
