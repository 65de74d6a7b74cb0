import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { type Problem, parseInbound, type Rejection, type RejectionCode } from '../../events/index.ts';
import { formatProblem, parseText } from '../entries/index.ts';

/** An event that can be put on the bus, as an entry of PutEvents and as the bus delivers it. */
interface Putable {
  readonly entry: PutEventsRequestEntry;
  readonly event: Readonly<Record<string, unknown>>;
}

/** Why an event should not be put on the bus again. */
export interface Doubt {
  /** A line for people. */
  readonly why: string;
  /** The problems of the event; none if the reason lies elsewhere, such as in the ledger. */
  readonly problems: readonly Problem[];
  /** The code of the rejection that it would have again. */
  readonly code: RejectionCode;
}

/** The expected outcome of putting a quarantined event on the bus again. */
export type ReplayJudgement =
  | ({ readonly kind: 'ready' } & Putable)
  /** It would probably be rejected again; only a newer deployment can know better. */
  | ({ readonly kind: 'doubtful' } & Putable & Doubt)
  /** The bus would refuse it. */
  | ({ readonly kind: 'impossible' } & Doubt);

/**
 * The codes of rejections that depend on more than the text: the same text would be rejected again. A payload is what a
 * tool has sent, as it came: even if it has the form of an event, such as that of an erasure, no mapping has made it.
 */
const lastingReasons: ReadonlyMap<string, string> = new Map<RejectionCode, string>([
  ['conflicting-content', 'an event of this lead with this id and other content is recorded'],
  ['merge-cycle', 'the two leads are merged already, in the other direction'],
  ['merge-with-erased', 'one of the two leads was erased'],
  ['too-large', 'it is larger than what can be stored'],
  ['unmapped', 'it is a payload of a source, and no event'],
  ['missing-changes', 'it is a payload of a source, and no event'],
]);

/** Returns the doubt about an event whose rejection depends on more than its text; undefined for any other code. */
export const findLastingDoubt = (code: string): Doubt | undefined => {
  const why = lastingReasons.get(code);
  return why === undefined ? undefined : { why, problems: [], code: code as RejectionCode };
};

const doubtOf = ({ code, problems }: Rejection): Doubt => ({
  why: problems.map(formatProblem).join('; '),
  problems,
  code,
});

/**
 * Judges whether an event would be accepted if it were put on the bus again.
 *
 * @param code why it was rejected the last time; undefined for a corrected text
 * @param now the clock, in milliseconds since 1970
 */
export const judgeReplay = (text: string, code: string | undefined, now: number): ReplayJudgement => {
  const given = parseText(text, now);
  if (given.kind === 'rejected') return { kind: 'impossible', ...doubtOf(given.rejection) };
  const { entry, event } = given;
  const parsed = parseInbound(event, now);
  if (!parsed.ok) return { kind: 'doubtful', entry, event, ...doubtOf(parsed.rejection) };
  const doubt = code === undefined ? undefined : findLastingDoubt(code);
  return doubt === undefined ? { kind: 'ready', entry, event } : { kind: 'doubtful', entry, event, ...doubt };
};
