import type { FactValue } from '../../../events/index.ts';
import type { LaneFigure } from '../document/lane-figures.ts';
import type { Subject } from '../document/subject.ts';
import type { AnswerFact, Wording } from '../facts.ts';
import type { Reading } from '../reading.ts';
import { readNumber } from '../values/read-plain.ts';
import { measureWording } from '../wording.ts';
import type { FactLayout, ReadValue } from './fact-layout.ts';
import { roundFinely } from './round-finely.ts';

/** The value of a lane's id and kind for a lead in no lane: it is known, and no number. */
export const noLane = 'none';

const measured = new WeakMap<AnswerFact, Wording>();

/** Measures a value that is itself a text; facts don't change, so the result is stored. */
const resolveWording = (answer: AnswerFact, value: string): Wording => {
  const known = measured.get(answer);
  if (known !== undefined) return known;
  const wording = measureWording(value);
  measured.set(answer, wording);
  return wording;
};

/**
 * Returns the wording of an answer; undefined for one that isn't in the lead's own words, such as a choice that was
 * ticked.
 *
 * @param isText whether the question is answered in words, so that the value itself is measured
 */
export const answerWording = (answer: AnswerFact | undefined, isText: boolean): Wording | undefined => {
  if (answer === undefined) return undefined;
  const [value, , wording] = answer;
  if (value === null) return undefined;
  // A value with fewer characters than the measured wording has words can't have more words.
  const isMeasured = wording !== undefined && wording !== null;
  if (!isText || typeof value !== 'string' || (isMeasured && value.length <= wording[0])) {
    return isMeasured ? wording : undefined;
  }
  const own = resolveWording(answer, value);
  return isMeasured ? [Math.max(own[0], wording[0]), Math.max(own[1], wording[1])] : own;
};

const laneValue = ({ found: { lane } }: Reading, asked: 'id' | 'kind' | 'pursued'): FactValue | undefined => {
  if (lane === undefined) return undefined;
  if (asked === 'pursued') return lane?.pursued ?? false;
  return lane === null ? noLane : lane[asked];
};

/** Divides a value by a figure of the lead's lane, rounded to nine decimals: 130.8 is 1.2 times 109. */
const relative =
  (read: ReadValue, figure: LaneFigure): ReadValue =>
  (reading) => {
    const value = read(reading);
    if (value === undefined || value === null || reading.found.lane === undefined) return undefined;
    const usual = reading.found.lane?.figures[figure];
    const number = readNumber(value);
    return number !== undefined && usual !== undefined && usual > 0 ? roundFinely(number / usual) : noLane;
  };

/** Compiles how the value of a subject is read. */
export const compileReader = (subject: Subject, layout: FactLayout): ReadValue => {
  if ('attribute' in subject || 'answer' in subject) {
    const read =
      'attribute' in subject
        ? layout.reserveValue('attributes', subject.attribute)
        : layout.reserveValue('answers', subject.answer);
    return subject.relativeTo === undefined ? read : relative(read, subject.relativeTo);
  }
  if ('words' in subject) {
    const read = layout.reserveAnswer(subject.words);
    const isText = layout.asksForWords(subject.words);
    return (reading) => answerWording(read(reading), isText)?.[0];
  }
  if ('figures' in subject) {
    const read = layout.reserveAnswer(subject.figures);
    const isText = layout.asksForWords(subject.figures);
    return (reading) => answerWording(read(reading), isText)?.[1];
  }
  if ('lane' in subject) {
    const asked = subject.lane;
    return (reading) => laneValue(reading, asked);
  }
  if ('laneFigure' in subject) {
    const figure = subject.laneFigure;
    return ({ found: { lane } }) => (lane === undefined ? undefined : (lane?.figures[figure] ?? noLane));
  }
  if ('laneStanding' in subject) {
    const figure = subject.laneStanding;
    return ({ found: { lane } }) => (lane === undefined ? undefined : (lane?.standings[figure] ?? noLane));
  }
  return subject satisfies never;
};
