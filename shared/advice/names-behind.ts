import { answersJudged, letters, type ModelDocument } from '../scoring/index.ts';
import type { Change } from './change.ts';

export type Condition = ModelDocument['disqualifiers'][number]['when'];
export type Criterion = ModelDocument['dimensions'][string]['criteria'][number];
type Slide = NonNullable<ModelDocument['slide']>;
type SlidePart = keyof Slide['parts'];

/** Whatever a model asks facts by. */
export type Asking =
  | Condition
  | Extract<Criterion, { of: unknown }>['of']
  | Extract<Criterion, { each: unknown }>['each'];

/** A name with its kind, such as `answer:budget`. */
export type Key = `${Change['kind']}:${string}`;

export const keyOf = (kind: Change['kind'], name: string): Key => `${kind}:${name}`;

const present = <T>(...values: (T | undefined)[]): T[] => values.filter((value) => value !== undefined);

/** What stands behind the sections that a condition may ask for by one word. */
const sectionsOf = (document: ModelDocument) => {
  const { bant, slide, lanes = [], answering, questions = {} } = document;
  const letter = (name: (typeof letters)[number]): Condition[] =>
    bant === undefined ? [] : present(bant.letters[name].pass, bant.letters[name].fail);
  const part = (name: SlidePart): Condition[] =>
    slide === undefined ? [] : present(slide.parts[name].complete, slide.parts[name].partial);
  return {
    letter,
    part,
    letters: letters.flatMap(letter),
    parts: (Object.keys(slide?.parts ?? {}) as SlidePart[]).flatMap(part),
    lanes: lanes.map(({ when }) => when),
    contradictions: (answering?.contradictions ?? []).map(({ when }) => when),
    steady: Object.entries(questions).flatMap(([name, question]) =>
      'steady' in question && question.steady !== undefined ? [keyOf('answer', name)] : [],
    ),
    open: answersJudged(document).map((name) => keyOf('answer', name)),
  };
};

export interface NamesBehind {
  /** All names on whose facts the answer can depend. */
  readonly names: ReadonlySet<Key>;
  /** Those of them of which it matters how the answer is worded. */
  readonly worded: ReadonlySet<Key>;
}

/** What an asking names itself, and what stands behind it. */
interface Step {
  readonly names?: readonly Key[];
  readonly worded?: readonly Key[];
  readonly behind?: readonly Asking[];
}

const valueStep = (name: Key, relativeTo: string | undefined, lanes: readonly Condition[]): Step => ({
  names: [name],
  ...(relativeTo !== undefined && { behind: lanes }),
});

const createStep = (document: ModelDocument) => {
  const sections = sectionsOf(document);
  return (asking: Asking): Step => {
    if ('all' in asking) return { behind: asking.all };
    if ('any' in asking) return { behind: asking.any };
    if ('some' in asking) return { behind: asking.some };
    if ('not' in asking) return { behind: [asking.not] };
    if ('attribute' in asking) {
      return valueStep(keyOf('attribute', asking.attribute), asking.relativeTo, sections.lanes);
    }
    if ('answer' in asking) {
      return valueStep(keyOf('answer', asking.answer), asking.relativeTo, sections.lanes);
    }
    if ('words' in asking) return { worded: [keyOf('answer', asking.words)] };
    if ('figures' in asking) return { worded: [keyOf('answer', asking.figures)] };
    if ('activity' in asking) return { names: [keyOf('activity', asking.activity)] };
    if ('outcome' in asking) return {};
    if ('answering' in asking) {
      return asking.answering === 'contradictory'
        ? { names: sections.steady, behind: sections.contradictions }
        : { worded: sections.open };
    }
    if ('bant' in asking) return { behind: sections.letter(asking.bant) };
    if ('bantMet' in asking) return { behind: sections.letters };
    if ('slide' in asking) return { behind: sections.part(asking.slide) };
    if ('demoReady' in asking) return { behind: sections.parts };
    if ('lane' in asking || 'laneFigure' in asking || 'laneStanding' in asking) {
      return { behind: sections.lanes };
    }
    return asking satisfies never;
  };
};

export interface NamesBehind {
  /** All names on whose facts it can depend. */
  readonly names: ReadonlySet<Key>;
  /** Those of them of which it matters how the answer is worded. */
  readonly worded: ReadonlySet<Key>;
}

/** Finds the names behind conditions, also through what is worked out of facts first: BANT, slide, lanes, answering. */
export const createNamesBehind = (document: ModelDocument) => {
  const stepOf = createStep(document);
  return (roots: readonly Asking[]): NamesBehind => {
    const seen = new Set<Asking>(roots);
    const names = new Set<Key>();
    const worded = new Set<Key>();
    // A set hands out what is added to it while it is walked.
    for (const asking of seen) {
      const step = stepOf(asking);
      for (const name of step.names ?? []) names.add(name);
      for (const name of step.worded ?? []) {
        names.add(name);
        worded.add(name);
      }
      for (const next of step.behind ?? []) seen.add(next);
    }
    return { names, worded };
  };
};
