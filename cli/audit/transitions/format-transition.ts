import { formatPosition } from '../../../shared/ledger/index.ts';
import { quoted } from '../../../shared/timeline/index.ts';
import type { CsvRow } from '../../output/csv.ts';
import type { Transition } from './transition.ts';

const columns = [
  'occurredAt',
  'leadId',
  'of',
  'from',
  'to',
  'kind',
  'trigger',
  'actor',
  'eventId',
  'modelVersion',
  'version',
  'ordinal',
] as const satisfies readonly (keyof Transition)[];

/** Returns a transition as one line for people, without its line break. */
export const formatTransition = (transition: Transition): string => {
  const { occurredAt, leadId, of, from, to, kind, trigger, actor, eventId, modelVersion } = transition;
  const by = actor === undefined ? '' : ` by ${quoted(actor)}`;
  return `${occurredAt}  ${leadId}  ${of} ${from ?? '–'} → ${to}  ${kind}, ${trigger}${by}  event ${eventId}, model ${modelVersion}, ${formatPosition(transition)}`;
};

export const csvHeading: CsvRow = columns;

export const toCsvRow = (transition: Transition): CsvRow => columns.map((name) => transition[name] ?? null);
