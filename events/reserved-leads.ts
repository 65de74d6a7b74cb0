import { canaryPrefix, canarySource, isCanary } from './canary.ts';
import { type Problem, showValue } from './problems.ts';

/** The leads that an event is about: by a merge, two. */
interface Named {
  readonly leadId: string;
  readonly mergedLeadId?: string;
}

/**
 * Finds the problems with a source and the leads that its event is about. The canary's leads are its own, and it has no
 * others: whoever could merge a lead into one of them would have it erased at midnight.
 */
export const reservedLeadProblems = (source: string, { leadId, mergedLeadId }: Named): Problem[] => {
  const isOwn = source === canarySource;
  const allowed = isOwn
    ? `a lead that begins with "${canaryPrefix}": the source "${canarySource}" speaks of no other`
    : `a lead that doesn't begin with "${canaryPrefix}": of those only the source "${canarySource}" speaks`;
  return Object.entries({ leadId, mergedLeadId }).flatMap(([field, given]) =>
    given === undefined || isCanary(given) === isOwn
      ? []
      : [{ path: `detail.data.${field}`, given: showValue(given), allowed }],
  );
};
