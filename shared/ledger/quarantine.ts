import { createHash } from 'node:crypto';
import { type DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type Rejection, showProblem } from '../../events/index.ts';
import { N, S } from './attributes.ts';
import { canonical } from './items.ts';

/** A rejected event, whole, with why and what could be read of it. */
export interface Rejected {
  /** The text as it came, JSON or not. */
  readonly body: string;
  readonly rejection: Rejection;
  /** Where it came from: a queue's message, or `file:line`. */
  readonly origin: string;
  readonly receivedAt: string;
}

export interface Quarantine {
  /** Keeps a rejected event. The same text again only raises its count. */
  keep(rejected: Rejected): Promise<void>;
}

/**
 * The part of a text that makes it the same event: what its producer said. EventBridge gives each delivery from an
 * archive, and each event that is sent again, an envelope of its own.
 */
const contentOf = (body: string): string => {
  try {
    const { source, detail, 'detail-type': type } = JSON.parse(body);
    return detail === undefined ? body : canonical({ source, type, detail });
  } catch {
    // Not JSON, no object, or nested deeper than any contract: the text itself.
    return body;
  }
};

const quarantineIdOf = (body: string): string =>
  createHash('sha256').update(contentOf(body)).digest('hex').slice(0, 32);

/** Text of an item beside the body stays far below what is left of 400 KB. */
const largestPart = 300 * 1024;

/** Cuts text into pieces of at most `largestPart` bytes of UTF-8; joined they are the text again. */
const partsOf = (body: string): Buffer[] => {
  const bytes = Buffer.from(body);
  const parts: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += largestPart)
    parts.push(bytes.subarray(from, from + largestPart));
  return parts;
};

/** Half of a surrogate pair, given or left by cutting, could be neither stored nor announced. */
const cut = (value: string, most: number): string => value.slice(0, most).toWellFormed();

const textField = (value: unknown, most: number): string | undefined =>
  typeof value === 'string' && value !== '' ? cut(value, most) : undefined;

interface Readable {
  readonly source?: unknown;
  readonly 'detail-type'?: unknown;
  readonly detail?: {
    readonly metadata?: { readonly eventId?: unknown };
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
  const fields = {
    rejectedSource: textField(entry?.source, 256),
    rejectedType: textField(entry?.['detail-type'], 128),
    rejectedEventId: textField(entry?.detail?.metadata?.eventId, 128),
    leadId: textField(entry?.detail?.data?.leadId, 128),
  };
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined),
  );
};

const mostReasons = 20;
const longestReason = 600;

export const reasonsOf = ({ problems }: Rejection): string[] =>
  problems.slice(0, mostReasons).map((problem) => cut(showProblem(problem), longestReason));

export const createDynamoDbQuarantine = (client: DynamoDBClient, table: string): Quarantine => {
  const putPart = (pk: string, part: Buffer, index: number) =>
    client.send(
      new PutItemCommand({
        TableName: table,
        Item: { pk: S(pk), sk: S(`PART#${String(index).padStart(4, '0')}`), body: { B: part } },
      }),
    );

  const keep = async ({ body, rejection, origin, receivedAt }: Rejected): Promise<void> => {
    const pk = quarantineIdOf(body);
    const parts = partsOf(body);
    // Parts before the head: whoever finds the head finds the whole.
    for (const [index, part] of parts.entries()) await putPart(pk, part, index);
    const once = {
      ...readableOf(body),
      code: rejection.code,
      reasons: JSON.stringify(reasonsOf(rejection)),
      origin,
      receivedAt,
    };
    const names = Object.keys(once);
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { pk: S(pk), sk: S('META') },
        UpdateExpression: `SET ${names.map((name) => `#${name} = if_not_exists(#${name}, :${name})`).join(', ')}, #bytes = :bytes, #parts = :parts, #last = :last ADD #times :one`,
        ExpressionAttributeNames: Object.fromEntries([
          ...names.map((name) => [`#${name}`, name]),
          ['#bytes', 'bytes'],
          ['#parts', 'parts'],
          ['#last', 'lastReceivedAt'],
          ['#times', 'times'],
        ]),
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(once).map(([name, value]) => [`:${name}`, S(value)])),
          ':bytes': N(Buffer.byteLength(body)),
          ':parts': N(parts.length),
          ':last': S(receivedAt),
          ':one': N(1),
        },
      }),
    );
  };

  return { keep };
};
