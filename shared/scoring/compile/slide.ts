import type { ModelDocument } from '../document/model.ts';
import { type NamesRead, namesRead } from '../document/names-read.ts';
import { type SlidePart, slideParts } from '../document/slide-parts.ts';
import { no, type Reading, unknown, yes } from '../reading.ts';
import { compileCondition, type Test } from './condition.ts';
import type { FactLayout, ReadValue } from './fact-layout.ts';
import { reaches } from './reaches.ts';

interface CompiledPart {
  readonly part: SlidePart;
  readonly title: string;
  readonly complete: Test;
  readonly partial: Test | undefined;
  /** What it asks for: while one of these isn't known, the part isn't decided. */
  readonly asks: readonly ReadValue[];
}

export interface CompiledSlide {
  readonly threshold: number;
  readonly partialCounts: number;
  readonly parts: readonly CompiledPart[];
}

const asksOf = ({ attributes, answers }: NamesRead, layout: FactLayout): ReadValue[] => [
  ...[...attributes].map((name) => layout.valueOf('attributes', name)),
  ...[...answers].map((name) => layout.valueOf('answers', name)),
];

export const compileSlide = (
  { threshold, partialCounts, parts }: NonNullable<ModelDocument['slide']>,
  layout: FactLayout,
): CompiledSlide => ({
  threshold,
  partialCounts,
  parts: slideParts.map((part) => {
    const { title, complete, partial } = parts[part];
    return {
      part,
      title,
      complete: compileCondition(complete, layout),
      partial: partial && compileCondition(partial, layout),
      asks: asksOf(namesRead(partial === undefined ? [complete] : [complete, partial]), layout),
    };
  }),
});

const isOpen = ({ asks }: CompiledPart, reading: Reading): boolean => {
  for (const read of asks) {
    const value = read(reading);
    if (value === undefined || value === null) return true;
  }
  return false;
};

/** Finds out which parts of the slide are there, and whether they make the lead ready for a demo. */
export const readSlide = (slide: CompiledSlide, reading: Reading): void => {
  const { found } = reading;
  let counted = 0;
  let possible = 0;
  for (let i = 0; i < slide.parts.length; i++) {
    const part = slide.parts[i] as CompiledPart;
    const complete = part.complete(reading) === yes;
    const partial = !complete && part.partial?.(reading) === yes;
    const open = !complete && isOpen(part, reading);
    found.slide[i] = complete ? 'complete' : partial ? 'partial' : 'missing';
    found.slideOpen[i] = open;
    const counts = complete ? 1 : partial ? slide.partialCounts : 0;
    counted += counts;
    possible += open ? 1 : counts;
  }
  found.slideParts = counted;
  found.demoReady = reaches(counted, slide.threshold)
    ? yes
    : reaches(possible, slide.threshold)
      ? unknown
      : no;
};
