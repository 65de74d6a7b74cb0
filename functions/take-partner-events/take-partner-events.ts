import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Problem, parseJson, showValue } from '../../events/index.ts';
import { countPayloads, type Intake, type IntakeResult } from '../../shared/intake/index.ts';
import { count, eachRecord, errorFields, logger } from '../../shared/lambda/index.ts';
import { parsePartnerEvent, splitPartnerEvent } from '../../shared/partners/index.ts';
import type { Quarantine } from '../../shared/quarantine/index.ts';
import type { SourceNotes } from '../../shared/source-status/index.ts';
import type { PartnerSource } from '../../shared/sources/index.ts';

export interface TakePartnerEventsDeps {
  /** The sources on partner buses. */
  readonly sources: readonly PartnerSource[];
  readonly intake: Intake;
  readonly quarantine: Quarantine;
  readonly notes: SourceNotes;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Thrown if storage or the bus failed for a part of an event: the whole event is taken in again. */
class UnavailableError extends Error {
  readonly code = 'UNAVAILABLE';

  constructor(payloads: number) {
    super(`${payloads} payloads of the event were not taken in`);
    this.name = 'UnavailableError';
  }
}

/** Notes what has come from a source. A note that fails is missing; the event is what counts. */
const noteSource = async (
  { notes }: TakePartnerEventsDeps,
  { name }: PartnerSource,
  { counts, unknown }: IntakeResult,
): Promise<void> => {
  try {
    await notes.note({ source: name, counts, unknown });
  } catch (error) {
    logger.warn('source not noted', errorFields(error));
  }
};

/** Quarantines an event that no source document is for: a source was removed while its events were on their way. */
const quarantineUnknown = async (
  { sources, quarantine, now }: TakePartnerEventsDeps,
  body: string,
  entry: unknown,
  source: string | undefined,
): Promise<void> => {
  const allowed = `a bus of the sources: ${sources.map(({ bus }) => bus).join(', ')}`;
  const problem: Problem = { path: 'source', given: showValue(source), allowed };
  await quarantine.store({
    body,
    entry,
    rejection: { code: 'unmapped', problems: [problem] },
    origin: 'partner bus',
    receivedAt: new Date(now()).toISOString(),
  });
  count('PartnerEventsUnknown', 1);
};

const takeRecord = async (deps: TakePartnerEventsDeps, { body }: SQSRecord): Promise<void> => {
  const entry = parseJson(body);
  const event = parsePartnerEvent(entry);
  const source = deps.sources.find(({ bus }) => bus === event?.source);
  if (event === undefined || source === undefined)
    return quarantineUnknown(deps, body, entry ?? null, event?.source);
  const { payloads, passed } = splitPartnerEvent(source, event);
  const result = await deps.intake.take(source, payloads, passed);
  countPayloads(result);
  count('ChangesMissing', result.counts['missing-changes']);
  await noteSource(deps, source, result);
  const { unavailable } = result.counts;
  if (unavailable > 0) throw new UnavailableError(unavailable);
};

/**
 * Takes in the events of partner buses. Each is split into payloads, which become events by the mapping of the source on
 * whose bus it came. One that fails comes again, and delays no other.
 */
export const takePartnerEvents =
  (deps: TakePartnerEventsDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> => {
    count('PartnerEventsReceived', event.Records.length);
    return eachRecord(event, (record) => takeRecord(deps, record));
  };
