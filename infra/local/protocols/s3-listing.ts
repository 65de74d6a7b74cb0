import type { Bucket } from '../bucket.ts';
import { ServiceError } from '../errors.ts';
import type { Answer } from './protocol.ts';
import { type XmlElement, xmlDocument } from './xml.ts';

const mostKeys = 1_000;

export const parseMaxKeys = (query: URLSearchParams): number => {
  const given = query.get('max-keys') ?? `${mostKeys}`;
  if (/^\d+$/.test(given)) return Math.min(Number(given), mostKeys);
  throw new ServiceError('InvalidArgument', `max-keys: given ${given}; allowed is a whole number`);
};

const parseStart = (query: URLSearchParams): string => {
  const token = query.get('continuation-token');
  if (token === null) return query.get('start-after') ?? '';
  return Buffer.from(token, 'base64url').toString('utf8');
};

export const isBehind = (key: string, start: string): boolean =>
  Buffer.compare(Buffer.from(key), Buffer.from(start)) > 0;

/** Returns the function that writes keys in the encoding that a request asks for. */
export const keyWriter =
  (query: URLSearchParams) =>
  (key: string): string =>
    query.get('encoding-type') === 'url' ? encodeURIComponent(key) : key;

/** Returns the answer with a listing. */
export const listingAnswer = (root: XmlElement): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: xmlDocument(root),
});

const contents = (bucket: Bucket, key: string, written: string): XmlElement => {
  const object = bucket.get(key);
  return [
    'Contents',
    [
      ['Key', written],
      ['LastModified', new Date(object?.modifiedAt ?? 0).toISOString()],
      ['ETag', object?.etag],
      ['Size', object?.body.length],
      ['StorageClass', 'STANDARD'],
    ],
  ];
};

/** Answers ListObjectsV2, without delimiters. A token names the last key of the previous page. */
export const listing = (bucket: Bucket, query: URLSearchParams): Answer => {
  const prefix = query.get('prefix') ?? '';
  const start = parseStart(query);
  const found = bucket.keys().filter((key) => key.startsWith(prefix) && isBehind(key, start));
  const page = found.slice(0, parseMaxKeys(query));
  const last = page.at(-1);
  const isTruncated = last !== undefined && page.length < found.length;
  const write = keyWriter(query);
  return listingAnswer([
    'ListBucketResult',
    [
      ['Name', bucket.props.name],
      ['Prefix', write(prefix)],
      ['KeyCount', page.length],
      ['MaxKeys', parseMaxKeys(query)],
      ['EncodingType', query.get('encoding-type') ?? undefined],
      ['IsTruncated', isTruncated],
      ['ContinuationToken', query.get('continuation-token') ?? undefined],
      ['NextContinuationToken', isTruncated ? Buffer.from(last).toString('base64url') : undefined],
      ...page.map((key) => contents(bucket, key, write(key))),
    ],
  ]);
};
