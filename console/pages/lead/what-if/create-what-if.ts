import { describeProblems, factsDocument, type Problem } from '../../../../events/index.ts';
import { buildFacts } from '../../../../shared/facts-document/index.ts';
import { judge, modelTierOf, type Standing } from '../../../../shared/lead/index.ts';
import {
  compileModel,
  type Explanation,
  explain,
  instantOf,
  type ModelDocument,
} from '../../../../shared/scoring/index.ts';
import { restoreFacts } from '../../../api/restore-facts.ts';
import type { LeadAnswer } from '../types.ts';
import { type Changes, noChanges, toDocument } from './changes.ts';
import { type Field, listFields } from './list-fields.ts';

/** The standing that a lead would have. */
export interface Judged {
  readonly standing: Standing;
  readonly explanation: Explanation;
}

/** A lead that would stand differently, or what is wrong with the changes. */
export type Outcome = Judged | { readonly problems: readonly Problem[] };

export interface WhatIf {
  readonly fields: readonly Field[];
  /** The standing without changes. */
  readonly present: Judged;
  readonly judge: (changes: Changes) => Outcome;
}

/**
 * Returns a function that judges a lead with other facts, by the same code as the API and `sluice model try`. A tier that
 * the lead has is lost only beyond the hysteresis, as with its next event.
 *
 * @param document the published model, which was checked
 */
export const createWhatIf = (
  document: ModelDocument,
  lead: Pick<LeadAnswer, 'facts' | 'asOf' | 'tier' | 'overridden'>,
): WhatIf => {
  const model = compileModel(document);
  const fields = listFields(document);
  const known = restoreFacts(lead.facts, lead.asOf);
  const before = modelTierOf(lead as Pick<Standing, 'tier' | 'overridden'>);
  const judgeFacts = (facts: typeof known): Judged => {
    const { standing } = judge(model, facts, before);
    return { standing, explanation: explain(model, facts, standing.stage, instantOf(facts)) };
  };
  const judgeChanges = (changes: Changes): Outcome => {
    const given = toDocument(changes, fields, lead.asOf);
    const parsed = factsDocument.safeParse(given);
    if (!parsed.success) return { problems: describeProblems(parsed.error, given) };
    return judgeFacts(buildFacts(parsed.data, Date.parse(lead.asOf), known));
  };
  return {
    fields,
    present: judgeFacts(known),
    judge: (changes) => (changes === noChanges ? judgeFacts(known) : judgeChanges(changes)),
  };
};
