import { formatPosition } from '../../../shared/ledger/index.ts';
import {
  describeChanges,
  describeEvent,
  describeReasons,
  type TimelineStep,
} from '../../../shared/timeline/index.ts';

const formatSubject = ({ entry }: TimelineStep): string =>
  entry.kind === 'erased' ? entry.type : describeEvent(entry.leadId, entry.event, entry.other);

/** Formats the origin of an entry: its model, its event, and that event's causation and correlation. */
const formatOrigin = ({ entry, eventId }: TimelineStep): string => {
  const metadata = entry.kind === 'erased' ? undefined : entry.event.metadata;
  const named = entry.kind === 'erased' ? undefined : entry.event.data.leadId;
  return [
    ...(entry.kind === 'decided' ? [`by model ${entry.standing.modelVersion}`] : []),
    `event ${eventId} from ${entry.source}`,
    ...(named !== undefined && named !== entry.leadId ? [`which names ${named}`] : []),
    ...(metadata?.causationId === undefined ? [] : [`caused by ${metadata.causationId}`]),
    ...(metadata?.correlationId === undefined ? [] : [`correlation ${metadata.correlationId}`]),
  ].join(', ');
};

/** Returns a step of a timeline as lines for people: when, what happened, what it changed, why, and its origin. */
export const formatStep = (step: TimelineStep): string[] => {
  const position = formatPosition(step.entry).padEnd(6);
  const indent = ' '.repeat(8);
  const late = step.late ? '  (came late: after events that happened later)' : '';
  const reasons = describeReasons(step);
  return [
    `${position}  ${step.occurredAt}${late}`,
    `${indent}${formatSubject(step)}`,
    `${indent}→ ${describeChanges(step)}`,
    ...(reasons.length === 0 ? [] : [`${indent}  because ${reasons.join('; ')}`]),
    `${indent}  ${formatOrigin(step)}`,
  ];
};
