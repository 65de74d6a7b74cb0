import type { Problem } from '../../../events/index.ts';
import { compileModel, type ScoringModel } from '../compile/model.ts';
import { type ModelDocument, modelDocument } from '../document/model.ts';
import { findDeepFaults } from './deep/index.ts';
import { unfit } from './extent.ts';
import { type Finding, isError } from './finding.ts';
import { parseDocument } from './parse-document.ts';
import { rules } from './rules/index.ts';

export type CheckedModel =
  | {
      readonly ok: true;
      readonly model: ScoringModel;
      /** The findings that don't keep the model from being used, but were probably not meant. */
      readonly warnings: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] };

/** Stands in for malformed sections, so that rules over the others can walk the document. */
const blank: Partial<ModelDocument> = {
  dimensions: {},
  disqualifiers: [],
  promotions: [],
  efforts: [],
  policy: { rules: [], recycle: { stage: 'lead' } },
};

const problem = ({ path, given, allowed }: Finding): Problem => ({ path, given, allowed });

const malformedSections = (sections: Partial<ModelDocument>): Set<string> =>
  new Set(Object.keys(modelDocument.shape).filter((name) => !Object.hasOwn(sections, name)));

const collectFindings = (sections: Partial<ModelDocument>, malformed: ReadonlySet<string>): Finding[] => {
  // Rules read of it only what they name, and walk through the rest.
  const document = { ...blank, ...sections } as ModelDocument;
  const found = rules
    .filter(({ reads }) => !reads.some((section) => malformed.has(section)))
    .flatMap(({ find }) => find(document));
  return [...found, ...findDeepFaults(document, malformed, found)];
};

/**
 * Checks a scoring model document and compiles it. Returns all problems at once, each with its path, the value given and
 * what is allowed, and warnings of what will work but is probably a mistake. Never throws: a document that fails must not
 * stop the model that is active.
 */
export const checkModel = (document: unknown): CheckedModel => {
  const reason = unfit(document);
  if (reason !== undefined) return { ok: false, problems: [reason], warnings: [] };
  const { sections, problems } = parseDocument(document);
  const isWhole = problems.length === 0;
  const found = collectFindings(sections, isWhole ? new Set() : malformedSections(sections));
  const warnings = found.filter((finding) => !isError(finding)).map(problem);
  const errors = [...problems, ...found.filter(isError).map(problem)];
  return errors.length === 0
    ? { ok: true, model: compileModel(sections as ModelDocument), warnings }
    : { ok: false, problems: errors, warnings };
};
