import { formatCount } from '../text/format-count.ts';
import type { FailureSource } from './failure-sources.ts';
import type { RedriveResult } from './redrive-result.ts';

/** Returns the line that reports the redrive of one failure source. */
export const formatRedriveResult = (failure: FailureSource, result: RedriveResult): string => {
  const { moved, failed, left, cameBack, underWay } = result;
  const done =
    failure.kind === 'queue'
      ? `${formatCount(moved, 'message')} sent to ${failure.source}`
      : `${formatCount(moved, 'object')} published`;
  const rest = [
    failed > 0 ? `${failed} failed` : undefined,
    cameBack > 0 ? `${cameBack} came back` : undefined,
    underWay > 0 ? `${underWay} still being processed` : undefined,
    left > 0 ? `${left} left` : 'nothing left',
  ];
  return `${failure.name}: ${[done, ...rest.filter((words) => words !== undefined)].join(', ')}.`;
};
