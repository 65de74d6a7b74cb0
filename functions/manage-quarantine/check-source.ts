import { canarySource, isOwnSource, type Problem, showValue } from '../../events/index.ts';
import type { QuarantineRecord } from '../../shared/quarantine/index.ts';

/**
 * Finds the problem with the source under which a rejected event would be put again. One of Sluice's own it may have
 * only if it came under that: a correction must not pose as a part of Sluice. The canary alone sends as the canary.
 */
export const findSourceProblem = (
  source: unknown,
  { source: came }: Pick<QuarantineRecord, 'source'>,
): Problem | undefined => {
  if (source !== canarySource && (!isOwnSource(source) || source === came)) return undefined;
  return {
    path: 'source',
    given: showValue(source),
    allowed:
      'the source that the event came under, or that of a marketing tool; the sources of Sluice are reserved',
  };
};
