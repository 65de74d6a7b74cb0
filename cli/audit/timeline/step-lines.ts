import { formatPosition } from '../../../shared/ledger/index.ts';
import { printable } from '../../text/printable.ts';
import { changeWords, reasonWords } from './change-words.ts';
import { eventWords } from './event-words.ts';
import type { TimelineStep } from './timeline.ts';

const whatWords = ({ entry }: TimelineStep): string =>
  entry.kind === 'erased' ? entry.type : eventWords(entry.leadId, entry.event, entry.other);

/** Returns the origin of an entry: its model, its event, and that event's causation and correlation. */
const originWords = ({ entry, eventId }: TimelineStep): string => {
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
export const stepLines = (step: TimelineStep): string[] => {
  const position = formatPosition(step.entry).padEnd(6);
  const indent = ' '.repeat(8);
  const late = step.late ? '  (came late: others had happened after it)' : '';
  const reasons = reasonWords(step);
  return [
    `${position}  ${step.occurredAt}${late}`,
    `${indent}${whatWords(step)}`,
    `${indent}→ ${changeWords(step)}`,
    ...(reasons.length === 0 ? [] : [`${indent}  since ${reasons.join('; ')}`]),
    `${indent}  ${originWords(step)}`,
  ].map(printable);
};
