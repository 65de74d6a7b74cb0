import type { Problem } from '../../../events/index.ts';

/** Bounds on a document as a whole; the schema bounds its parts. */
export const modelLimits = { characters: 256 * 1024, depth: 40, values: 10_000 } as const;

interface Extent {
  readonly depth: number;
  readonly values: number;
  /** `__proto__` as a name, which zod drops without a word; nothing may be dropped. */
  readonly hasProto: boolean;
  /** A text or a name with half a character: what is signed and stored is UTF-8, which has none. */
  readonly illFormed: string | undefined;
}

const findIllFormed = (values: readonly unknown[]): string | undefined =>
  values.find((value): value is string => typeof value === 'string' && !value.isWellFormed());

/** Measures without recursion, so that hostile nesting can't overflow the stack of what guards against it. */
const measureExtent = (document: unknown): Extent => {
  let depth = 0;
  let values = 0;
  let hasProto = false;
  let illFormed: string | undefined;
  let level: unknown[] = [document];
  while (level.length > 0 && depth <= modelLimits.depth && values <= modelLimits.values) {
    depth++;
    values += level.length;
    const objects = level.filter((value) => typeof value === 'object' && value !== null);
    hasProto ||= objects.some((value) => Object.hasOwn(value, '__proto__'));
    illFormed ??= findIllFormed([...level, ...objects.flatMap((value) => Object.keys(value))]);
    level = objects.flatMap((value) => Object.values(value));
  }
  return { depth, values, hasProto, illFormed };
};

/** Returns why a document is refused before its parts are checked; undefined if it is not. */
export const unfit = (document: unknown): Problem | undefined => {
  const whole = (given: string, allowed: string): Problem => ({ path: '(the whole)', given, allowed });
  const { depth, values, hasProto, illFormed } = measureExtent(document);
  if (depth > modelLimits.depth) return whole('a deeper nesting', `at most ${modelLimits.depth} levels`);
  if (values > modelLimits.values) return whole('more values', `at most ${modelLimits.values} values`);
  if (hasProto) return whole('the name "__proto__"', 'names that begin with a letter');
  if (illFormed !== undefined)
    return whole(`the text ${JSON.stringify(illFormed.slice(0, 80))}`, 'well-formed Unicode');
  const size = JSON.stringify(document)?.length ?? 0;
  return size > modelLimits.characters
    ? whole(`${size} characters`, `at most ${modelLimits.characters} characters`)
    : undefined;
};
