import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { parseInbound, type Rejection } from '../../events/index.ts';
import { formatProblem, parseText } from '../../shared/entries/index.ts';

/** The expected outcome of putting a quarantined event on the bus again. */
export type ReplayJudgement =
  | { readonly kind: 'ready'; readonly entry: PutEventsRequestEntry }
  /** It would probably be rejected again; only a newer deployment can know better. */
  | { readonly kind: 'doubtful'; readonly entry: PutEventsRequestEntry; readonly why: string }
  /** The bus would refuse it. */
  | { readonly kind: 'impossible'; readonly why: string };

/** The codes of rejections that depend on the ledger or the size: the same text would be rejected again. */
export const lastingReasons: ReadonlyMap<string, string> = new Map([
  [
    'conflicting-content',
    'an event of this lead with this id and other content is recorded: give it an id of its own with --event',
  ],
  ['merge-cycle', 'the two leads are merged already, in the other direction'],
  [
    'merge-with-erased',
    'one of the two leads was erased: if they are one person, --erase LEAD_ID requests the erasure of the other; if not, or if both were erased, discard it',
  ],
  ['too-large', 'it is larger than what can be stored'],
]);

const formatProblems = ({ problems }: Rejection): string => problems.map(formatProblem).join('; ');

/**
 * Judges whether an event would be accepted if it were put on the bus again.
 *
 * @param code why it was rejected the last time; undefined for a corrected text
 * @param now the clock, in milliseconds since 1970
 */
export const judgeReplay = (text: string, code: string | undefined, now: number): ReplayJudgement => {
  const given = parseText(text, now);
  if (given.kind === 'rejected') return { kind: 'impossible', why: formatProblems(given.rejection) };
  const { entry, event } = given;
  const parsed = parseInbound(event, now);
  if (!parsed.ok) return { kind: 'doubtful', entry, why: formatProblems(parsed.rejection) };
  const why = code === undefined ? undefined : lastingReasons.get(code);
  return why === undefined ? { kind: 'ready', entry } : { kind: 'doubtful', entry, why };
};
