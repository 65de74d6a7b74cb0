import { isEventId, type Rejection, showProblem } from '../../events/index.ts';

/** Cuts a text, without half a surrogate pair at its end, which could be neither stored nor announced. */
const cut = (value: string, most: number): string => value.slice(0, most).toWellFormed();

const textField = (value: unknown, most: number): string | undefined =>
  typeof value === 'string' && value !== '' ? cut(value, most) : undefined;

interface Readable {
  readonly source?: unknown;
  readonly 'detail-type'?: unknown;
  readonly detail?: {
    readonly metadata?: { readonly eventId?: unknown; readonly correlationId?: unknown };
    readonly data?: { readonly leadId?: unknown };
  };
}

/** Returns the fields that can be read of a rejected event, by which people find it. */
export const readableOf = (body: string): Record<string, string> => {
  let entry: Readable | null;
  try {
    entry = JSON.parse(body);
  } catch {
    return {};
  }
  const correlationId = entry?.detail?.metadata?.correlationId;
  const fields = {
    rejectedSource: textField(entry?.source, 256),
    rejectedType: textField(entry?.['detail-type'], 128),
    rejectedEventId: textField(entry?.detail?.metadata?.eventId, 128),
    leadId: textField(entry?.detail?.data?.leadId, 128),
    // It is announced as it is, so one that couldn't be announced is left out.
    correlationId: isEventId(correlationId) ? correlationId : undefined,
  };
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined),
  );
};

const mostReasons = 20;
const longestReason = 600;

export const reasonsOf = ({ problems }: Rejection): string[] =>
  problems.slice(0, mostReasons).map((problem) => cut(showProblem(problem), longestReason));
