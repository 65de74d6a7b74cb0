import { isEventId, type Rejection, showProblem } from '../../events/index.ts';

/** Half of a surrogate pair, given or left by cutting, could be neither stored nor announced. */
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

/** What can be read of a rejected event, so that people find it by lead, type or source. */
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
    // Announced as it is, so that one which could not be is left out.
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
