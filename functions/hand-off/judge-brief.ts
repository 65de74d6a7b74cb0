import type { FactValue } from '../../events/index.ts';
import { askNext, createNames } from '../../shared/advice/index.ts';
import type { HandoffBrief } from '../../shared/follow-ups/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import {
  collectReasons,
  compileModel,
  instantOf,
  type ModelDocument,
  read,
} from '../../shared/scoring/index.ts';

/** The most reasons, as of a change of tier. */
const mostReasons = 3;

/** The most characters of all attributes together, as JSON. More could make an announcement too large for the bus. */
const mostCharacters = 8_000;

/** Returns the named attributes that are known. One that no longer fits is left out. */
const pickAttributes = (
  names: readonly string[],
  attributes: LeadState['facts']['attributes'],
): Record<string, FactValue> => {
  const picked: [string, FactValue][] = [];
  let left = mostCharacters;
  for (const name of new Set(names)) {
    const value = Object.hasOwn(attributes, name) ? attributes[name]?.[0] : undefined;
    if (value === undefined || value === null) continue;
    const size = JSON.stringify({ [name]: value }).length;
    if (size > left) continue;
    left -= size;
    picked.push([name, value]);
  }
  return Object.fromEntries(picked);
};

/** A brief, and the instant as of which the lead was judged. */
export interface JudgedBrief {
  readonly brief: HandoffBrief;
  /** The lead's own instant, in milliseconds since 1970. */
  readonly at: number;
}

/** Returns a function that makes the brief of a lead by a model: the lead is judged as of its own instant. */
export const createJudgeBrief = (document: ModelDocument) => {
  const model = compileModel(document);
  const { question: wordingOf } = createNames(document);
  return ({ facts, tier }: Pick<LeadState, 'facts' | 'tier'>): JudgedBrief => {
    const at = instantOf(facts);
    const { present, questions } = askNext(model, { facts, tier });
    const name = questions[0]?.question;
    const attributes = pickAttributes(document.policy.handoffs?.attributes ?? [], facts.attributes);
    const brief = {
      reasons: collectReasons(model, read(model, facts, at), present.stage).slice(0, mostReasons),
      ...(name !== undefined && { question: { name, text: wordingOf(name) } }),
      ...(Object.keys(attributes).length > 0 && { attributes }),
    };
    return { brief, at };
  };
};
