import {
  type BusEvent,
  type InboundType,
  type Problem,
  parseInbound,
  showProblem,
} from '../../events/index.ts';
import { parseEntry } from '../../shared/entries/index.ts';
import { computeEventId } from '../../shared/mapping/index.ts';
import { orMeant } from '../../shared/suggest/index.ts';
import { CliError } from '../errors.ts';

export interface EventProps {
  readonly type: InboundType;
  readonly source: string;
  readonly data: Record<string, unknown>;
  /** The instant at which it happened, in milliseconds since 1970. */
  readonly at: number;
  /** @default - derived from the content, so that the same event at the same instant is sent twice as one */
  readonly id?: string | undefined;
}

/** The arguments that fields of the metadata come from. */
const argumentFor: ReadonlyMap<string, string> = new Map([
  ['detail.metadata.eventId', '--id'],
  ['detail.metadata.occurredAt', '--at'],
  ['detail.data.leadId', 'the lead'],
  ['source', '--source'],
]);

/** Returns a problem with the argument that it comes from, and with the word that was probably meant. */
const formatProblem = ({ path, given, allowed }: Problem): string => {
  const words = allowed.split(', ');
  const isChoice = words.length > 1 && words.every((word) => /^[\w-]+$/.test(word));
  return showProblem({
    path: argumentFor.get(path) ?? path.replace(/^detail\.data\./, ''),
    given,
    allowed: isChoice ? orMeant(allowed, given.replaceAll('"', ''), words) : allowed,
  });
};

/**
 * Builds an event, and checks it as the receiver will.
 *
 * @param now the clock, in milliseconds since 1970
 * @throws CliError `EVENT_INVALID` with every problem
 */
export const buildEvent = (props: EventProps, now: number): BusEvent => {
  const { type, source, data, at } = props;
  const occurredAt = new Date(at).toISOString();
  const { id = computeEventId({ type, source, occurredAt, data }) } = props;
  const event: BusEvent = {
    source,
    'detail-type': type,
    time: occurredAt,
    detail: { metadata: { eventId: id, occurredAt, schemaVersion: 1 }, data },
  };
  const parsed = parseInbound(event, now);
  // The bus refuses more than the receiver, such as a source of AWS.
  const taken = parseEntry({ text: JSON.stringify(event) }, now);
  const rejection = parsed.ok ? taken.kind === 'rejected' && taken.rejection : parsed.rejection;
  if (rejection === false) return event;
  const details = rejection.problems.map(formatProblem);
  throw new CliError('EVENT_INVALID', `not sent: this is no ${type}`, { details });
};
