import { isEventId, parseJson, type Rejection, showProblem } from '../../events/index.ts';

/** Cuts a text without leaving half a surrogate pair at its end, which could be neither stored nor announced. */
const cut = (value: string, most: number): string => value.slice(0, most).toWellFormed();

const textField = (value: unknown, most: number): string | undefined =>
  typeof value === 'string' && value !== '' ? cut(value, most) : undefined;

interface Readable {
  readonly source?: unknown;
  readonly 'detail-type'?: unknown;
  readonly detail?: {
    readonly metadata?: { readonly eventId?: unknown; readonly correlationId?: unknown };
    readonly data?: { readonly leadId?: unknown; readonly mergedLeadId?: unknown };
  };
}

/**
 * Returns the fields that can be read from a rejected event, by which people find it.
 *
 * @param entry the text's JSON, if it was parsed before
 */
export const extractReadable = (body: string, entry: unknown = parseJson(body)): Record<string, string> => {
  const readable = entry as Readable | null | undefined;
  const correlationId = readable?.detail?.metadata?.correlationId;
  const fields = {
    rejectedSource: textField(readable?.source, 256),
    rejectedType: textField(readable?.['detail-type'], 128),
    rejectedEventId: textField(readable?.detail?.metadata?.eventId, 128),
    leadId: textField(readable?.detail?.data?.leadId, 128),
    mergedLeadId: textField(readable?.detail?.data?.mergedLeadId, 128),
    // It is announced unchanged, so one that the contract doesn't allow is left out.
    correlationId: isEventId(correlationId) ? correlationId : undefined,
  };
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined),
  );
};

const mostReasons = 20;
const longestReason = 600;

export const listReasons = ({ problems }: Rejection): string[] =>
  problems.slice(0, mostReasons).map((problem) => cut(showProblem(problem), longestReason));
