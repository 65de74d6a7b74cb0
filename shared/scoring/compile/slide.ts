import type { ModelDocument } from '../document/model.ts';
import { type SlidePart, type SlideStatus, slideParts } from '../document/slide-parts.ts';
import { no, type Reading, type Test, unknown, yes } from '../reading.ts';
import { compileCondition } from './condition.ts';
import type { FactLayout } from './fact-layout.ts';
import { reaches } from './reaches.ts';

interface CompiledPart {
  readonly part: SlidePart;
  readonly title: string;
  readonly complete: Test;
  readonly partial: Test | undefined;
  /** Tests whether they may still come to hold, by facts that are not known yet. */
  readonly mayBeComplete: Test;
  readonly mayBePartial: Test | undefined;
}

export interface CompiledSlide {
  readonly threshold: number;
  readonly partialCounts: number;
  readonly parts: readonly CompiledPart[];
}

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
      mayBeComplete: compileCondition(complete, layout, true),
      mayBePartial: partial && compileCondition(partial, layout, true),
    };
  }),
});

const computePartStatus = ({ complete, partial }: CompiledPart, reading: Reading): SlideStatus => {
  if (complete(reading) === yes) return 'complete';
  return partial?.(reading) === yes ? 'partial' : 'missing';
};

/** Returns the status that a part may still reach. */
const findOpenStatus = (
  { mayBeComplete, mayBePartial }: CompiledPart,
  status: SlideStatus,
  reading: Reading,
) => {
  if (status === 'complete') return undefined;
  if (mayBeComplete(reading) !== no) return 'complete';
  return status === 'missing' && mayBePartial !== undefined && mayBePartial(reading) !== no
    ? 'partial'
    : undefined;
};

/** Finds out which parts of the slide are there, and whether they make the lead ready for a demo. */
export const readSlide = (slide: CompiledSlide, reading: Reading): void => {
  const { found } = reading;
  const counts = { complete: 1, partial: slide.partialCounts, missing: 0 };
  let counted = 0;
  let possible = 0;
  for (let i = 0; i < slide.parts.length; i++) {
    const part = slide.parts[i] as CompiledPart;
    const status = computePartStatus(part, reading);
    const open = findOpenStatus(part, status, reading);
    found.slide[i] = status;
    found.slideOpen[i] = open;
    counted += counts[status];
    possible += counts[open ?? status];
  }
  found.slideParts = counted;
  found.demoReady = reaches(counted, slide.threshold)
    ? yes
    : reaches(possible, slide.threshold)
      ? unknown
      : no;
};
