import { type Problem, problemsOf } from '../../events/index.ts';
import { rules } from './check-rules.ts';
import { compileModel, type ScoringModel } from './compile.ts';
import { type ModelDocument, modelDocument } from './model.ts';

export type CheckedModel =
  | { readonly ok: true; readonly model: ScoringModel }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Bounds on a document as a whole; the schema bounds its parts. */
export const modelLimits = { characters: 256 * 1024, depth: 40 } as const;

/** A process checks one model, so parsers are not compiled for it: that would take longer than the check itself. */
const once = { jitless: true } as const;

/** Depth without recursion, so that hostile nesting can't overflow the stack of what guards against it. */
const depthOf = (document: unknown): number => {
  let depth = 0;
  let level: unknown[] = [document];
  while (level.length > 0 && depth <= modelLimits.depth) {
    depth++;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return depth;
};

const tooLarge = (document: unknown): Problem | undefined => {
  if (depthOf(document) > modelLimits.depth) {
    return { path: '(the whole)', given: 'a deeper nesting', allowed: `at most ${modelLimits.depth} levels` };
  }
  const size = JSON.stringify(document)?.length ?? 0;
  return size > modelLimits.characters
    ? {
        path: '(the whole)',
        given: `${size} characters`,
        allowed: `at most ${modelLimits.characters} characters`,
      }
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
  const large = tooLarge(document);
  if (large !== undefined) return { ok: false, problems: [large] };
  const parsed = modelDocument.safeParse(document, once);
  const sections = parsed.success ? parsed.data : soundSections(document);
  const misfits = rules
    .filter(({ reads }) => parsed.success || reads.every((section) => Object.hasOwn(sections, section)))
    .flatMap(({ find }) => find(sections as ModelDocument));
  if (parsed.success && misfits.length === 0) return { ok: true, model: compileModel(parsed.data) };
  return { ok: false, problems: [...(parsed.success ? [] : problemsOf(parsed.error, document)), ...misfits] };
};
