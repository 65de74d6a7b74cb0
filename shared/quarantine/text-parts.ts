import { type Item, S } from '../dynamodb/index.ts';
import { quarantineSortKeyPrefixes } from '../keys/index.ts';
import { computeTextId } from './content-id.ts';
import { extractReadable } from './readable.ts';
import { expiryField } from './retention.ts';

const prefix = quarantineSortKeyPrefixes.part;

/** The largest part of a text, in bytes. It leaves ample room for the other attributes within the 400 KB of an item. */
export const largestPart = 300 * 1024;

/** Cuts text into pieces of at most `largestPart` bytes of UTF-8. Joined, they are the text again. */
const splitText = (body: string): Buffer[] => {
  const bytes = Buffer.from(body);
  const pieces: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += largestPart)
    pieces.push(bytes.subarray(from, from + largestPart));
  return pieces;
};

/** The id of a stored text, its size, and its number of parts. */
export interface StoredText {
  readonly textId: string;
  readonly bytes: number;
  readonly parts: number;
}

/** Returns how a text is stored. */
export const describeText = (body: string): StoredText => ({
  textId: computeTextId(body),
  bytes: Buffer.byteLength(body),
  parts: splitText(body).length,
});

export const buildPartKey = (textId: string, index: number): string =>
  `${prefix}${textId}#${String(index).padStart(4, '0')}`;

export const isPart = ({ sk }: Item): boolean => sk?.S?.startsWith(prefix) ?? false;

/** The attributes of a part that are personal. A redaction removes them. */
export const personalPartFields = ['body', 'leadId'] as const;

/**
 * Returns a text as items. They contain the lead's id too, so that an erasure finds a text whose head was never
 * written.
 */
export const partItems = (id: string, body: string, expiresAt: number, entry?: unknown): Item[] => {
  const { leadId } = extractReadable(body, entry);
  const textId = computeTextId(body);
  return splitText(body).map((piece, index) => ({
    pk: S(id),
    sk: S(buildPartKey(textId, index)),
    body: { B: piece },
    ...expiryField(expiresAt),
    ...(leadId !== undefined && { leadId: S(leadId) }),
  }));
};

/** Returns the text in these items; undefined if a part is missing. */
export const joinParts = (
  items: readonly Item[],
  { textId, parts }: Pick<StoredText, 'textId' | 'parts'>,
): string | undefined => {
  const pieces = items
    .filter(({ sk }) => sk?.S?.startsWith(buildPartKey(textId, 0).slice(0, -4)))
    .flatMap(({ body }) => body?.B ?? []);
  return pieces.length === parts ? Buffer.concat(pieces).toString() : undefined;
};
