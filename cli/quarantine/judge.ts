import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { parseInbound, type Rejection, showProblem } from '../../events/index.ts';
import { sortOut } from '../entries/sort-out.ts';

/** The expected outcome of putting a quarantined event on the bus again. */
export type Judgement =
  | { readonly kind: 'ready'; readonly entry: PutEventsRequestEntry }
  /** It would be rejected again, as far as can be known from here. */
  | { readonly kind: 'doubtful'; readonly entry: PutEventsRequestEntry; readonly why: string }
  /** The bus would refuse it, or nobody behind it would see it. */
  | { readonly kind: 'impossible'; readonly why: string };

/** Rejected for what stands beside it in the ledger: the same text can't get in, whatever its contract says. */
const lasting: Readonly<Record<string, string>> = {
  'conflicting-content':
    'an event of this lead with this id and other content is recorded: give it an id of its own with --event',
  'merge-cycle': 'the two leads are one already, merged the other way round',
  'too-large': 'it is larger than what can be stored',
};

const inWords = ({ problems }: Rejection): string => problems.map(showProblem).join('; ');

/**
 * @param code why it was rejected the last time; nothing for a corrected text
 * @param now the clock, in milliseconds since 1970
 */
export const judge = (text: string, code: string | undefined, now: number): Judgement => {
  const sorted = sortOut(text, 'the event', now);
  if (sorted.kind === 'rejected') return { kind: 'impossible', why: inWords(sorted.rejection) };
  const { entry } = sorted;
  const parsed = parseInbound(JSON.parse(text), now);
  if (!parsed.ok) return { kind: 'doubtful', entry, why: inWords(parsed.rejection) };
  const why = code === undefined ? undefined : lasting[code];
  return why === undefined ? { kind: 'ready', entry } : { kind: 'doubtful', entry, why };
};
