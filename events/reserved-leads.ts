import { canaryPrefix, canarySource, isCanary } from './canary.ts';
import { type Problem, showValue } from './problems.ts';

/** The leads that an event names: two if it is a merge, else one. */
interface Named {
  readonly leadId: string;
  readonly mergedLeadId?: string;
}

/**
 * Finds the problems with the leads that an event of a source names. Only the canary may name its leads, and it may
 * name no others: a producer that merged a lead into one of them would have it erased at midnight.
 */
export const reservedLeadProblems = (source: string, { leadId, mergedLeadId }: Named): Problem[] => {
  const isOwn = source === canarySource;
  const allowed = isOwn
    ? `a lead that begins with "${canaryPrefix}": the source "${canarySource}" may name no other`
    : `a lead that doesn't begin with "${canaryPrefix}": only the source "${canarySource}" may name such leads`;
  return Object.entries({ leadId, mergedLeadId }).flatMap(([field, given]) =>
    given === undefined || isCanary(given) === isOwn
      ? []
      : [{ path: `detail.data.${field}`, given: showValue(given), allowed }],
  );
};
