import { lastHeard, leadRecord } from '../../shared/as-of/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import type { LeadColumn } from '../../shared/people/index.ts';
import {
  compileModel,
  explain,
  instantOf,
  type ModelDocument,
  type ScoringModel,
} from '../../shared/scoring/index.ts';

/** The most reasons of a lead; `sluice explain --json` has them all. */
const mostReasons = 5;

/** Returns a function that compiles each of some models when it is first needed. */
const memoizeCompiled = (documents: ReadonlyMap<string, ModelDocument>) => {
  const compiled = new Map<string, ScoringModel>();
  return (version: string): ScoringModel | undefined => {
    const document = documents.get(version);
    if (document === undefined) return undefined;
    const model = compiled.get(version) ?? compileModel(document);
    compiled.set(version, model);
    return model;
  };
};

/** Returns the criteria that weighed most in a score; undefined if the model isn't the one that gave it. */
const findReasons = (state: LeadState, model: ScoringModel | undefined) => {
  if (model === undefined) return undefined;
  const { score, counted } = explain(model, state.facts, state.stage, instantOf(state.facts));
  return score === state.score ? counted.slice(0, mostReasons) : undefined;
};

/** Returns a function that makes a record of a lead with everything that is known of it, for programs. */
export const createFullRecord = (
  columns: readonly LeadColumn[],
  documents: ReadonlyMap<string, ModelDocument>,
) => {
  const modelOf = memoizeCompiled(documents);
  return (state: LeadState) => {
    const { action, lane, demoReady, heldBack, overridden, actionsWait, disqualification, facts } = state;
    const reasons = findReasons(state, modelOf(state.modelVersion));
    // As of when the lead is shown is a field of its own, and no fact.
    const { clock: _clock, ...heard } = facts;
    return {
      ...leadRecord(state),
      shown: Object.fromEntries(columns.map(({ name, read }) => [name, read(facts.attributes) ?? null])),
      action,
      lastHeard: lastHeard(state),
      asOf: new Date(instantOf(facts)).toISOString(),
      ...(lane !== undefined && { lane }),
      ...(demoReady !== undefined && { demoReady }),
      ...(heldBack !== undefined && { heldBack }),
      ...(overridden !== undefined && { overridden }),
      ...(actionsWait !== undefined && { actionsWait }),
      ...(disqualification !== undefined && { disqualification }),
      ...(reasons !== undefined && { reasons }),
      facts: heard,
    };
  };
};
