import { type Problem, problemsOf } from '../../events/index.ts';
import { rules } from './check-rules.ts';
import { compileModel, type ScoringModel } from './compile.ts';
import { type ModelDocument, modelDocument } from './model.ts';

export type CheckedModel =
  | { readonly ok: true; readonly model: ScoringModel }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Bounds on a document as a whole; the schema bounds its parts. */
export const modelLimits = { characters: 256 * 1024, depth: 40, values: 10_000 } as const;

/** A process checks one model, so parsers are not compiled for it: that would take longer than the check itself. */
const once = { jitless: true } as const;

interface Extent {
  readonly depth: number;
  readonly values: number;
  /** `__proto__` as a name, which zod drops without a word; nothing may be dropped. */
  readonly hasProto: boolean;
}

/** Measures without recursion, so that hostile nesting can't overflow the stack of what guards against it. */
const extentOf = (document: unknown): Extent => {
  let depth = 0;
  let values = 0;
  let hasProto = false;
  let level: unknown[] = [document];
  while (level.length > 0 && depth <= modelLimits.depth && values <= modelLimits.values) {
    depth++;
    values += level.length;
    const objects = level.filter((value) => typeof value === 'object' && value !== null);
    hasProto ||= objects.some((value) => Object.hasOwn(value, '__proto__'));
    level = objects.flatMap((value) => Object.values(value));
  }
  return { depth, values, hasProto };
};

/** What can be said of a document before its parts are looked at: that it is worth looking at them. */
const unfit = (document: unknown): Problem | undefined => {
  const whole = (given: string, allowed: string): Problem => ({ path: '(the whole)', given, allowed });
  const { depth, values, hasProto } = extentOf(document);
  if (depth > modelLimits.depth) return whole('a deeper nesting', `at most ${modelLimits.depth} levels`);
  if (values > modelLimits.values) return whole('more values', `at most ${modelLimits.values} values`);
  if (hasProto) return whole('the name "__proto__"', 'names that begin with a letter');
  const size = JSON.stringify(document)?.length ?? 0;
  return size > modelLimits.characters
    ? whole(`${size} characters`, `at most ${modelLimits.characters} characters`)
    : undefined;
};

/** The sections that are well-formed by themselves, so that one broken section doesn't hide what others lack. */
const soundSections = (document: unknown): Partial<ModelDocument> => {
  if (typeof document !== 'object' || document === null) return {};
  const given = document as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(modelDocument.shape).flatMap(([name, schema]) => {
      const parsed = schema.safeParse(Object.hasOwn(given, name) ? given[name] : undefined, once);
      return parsed.success ? [[name, parsed.data]] : [];
    }),
  );
};

/**
 * Checks a scoring model document and compiles it. Says all that is wrong at once, each with its path, the value
 * given and what is allowed. Never throws: a document that fails must not stop the model that is active.
 */
export const checkModel = (document: unknown): CheckedModel => {
  const reason = unfit(document);
  if (reason !== undefined) return { ok: false, problems: [reason] };
  const parsed = modelDocument.safeParse(document, once);
  const sections = parsed.success ? parsed.data : soundSections(document);
  const misfits = rules
    .filter(({ reads }) => parsed.success || reads.every((section) => Object.hasOwn(sections, section)))
    .flatMap(({ find }) => find(sections as ModelDocument));
  if (parsed.success && misfits.length === 0) return { ok: true, model: compileModel(parsed.data) };
  return { ok: false, problems: [...(parsed.success ? [] : problemsOf(parsed.error, document)), ...misfits] };
};
