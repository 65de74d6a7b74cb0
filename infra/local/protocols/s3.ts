import type { Bucket, BucketObject } from '../bucket.ts';
import { messageOf, ServiceError } from '../errors.ts';
import { decodeContent } from './aws-chunked.ts';
import type { Answer, GatewayRequest, Protocol, RequestHead } from './protocol.ts';
import { listing } from './s3-listing.ts';
import { xmlDocument } from './xml.ts';

const listParameters = [
  'list-type',
  'prefix',
  'max-keys',
  'continuation-token',
  'start-after',
  'encoding-type',
  'fetch-owner',
];

const notImplemented = (what: string): ServiceError =>
  new ServiceError('NotImplemented', `${what} is not supported by the local stack`, 501);

/**
 * Refuses unknown parameters. Parts, versions and tags are requested by parameters; without this check such a request
 * would read or write the object itself.
 */
const checkParameters = (query: URLSearchParams, allowed: readonly string[]): void => {
  for (const name of query.keys()) {
    if (name !== 'x-id' && !allowed.includes(name)) throw notImplemented(`the parameter ${name}`);
  }
};

const refuseHeaders = (headers: GatewayRequest['headers'], ...names: readonly string[]): void => {
  for (const name of names) if (headers[name] !== undefined) throw notImplemented(`the header ${name}`);
};

const decodePath = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ServiceError('InvalidURI', `Couldn't parse the specified URI: ${text}`);
  }
};

/** The longest key of S3, in bytes. A longer one could also exceed what the system takes as a path. */
const longestKey = 1_024;

const decodeKey = (text: string): string => {
  const key = decodePath(text);
  const bytes = Buffer.byteLength(key);
  if (bytes <= longestKey) return key;
  throw new ServiceError(
    'KeyTooLongError',
    `Your key is too long: got ${bytes} bytes, allowed are ${longestKey}`,
  );
};

const objectHeaders = ({ etag, modifiedAt }: BucketObject): Record<string, string> => ({
  'content-type': 'application/octet-stream',
  etag,
  'last-modified': new Date(modifiedAt).toUTCString(),
});

const get = (bucket: Bucket, key: string): Answer => {
  const object = bucket.get(key);
  if (object === undefined) throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
  return { status: 200, headers: objectHeaders(object), body: object.body };
};

const locked = (): ServiceError =>
  new ServiceError('AccessDenied', 'Access Denied because object protected by object lock.', 403);

const checkAbsent = (bucket: Bucket, key: string, condition: string | undefined): void => {
  if (condition === undefined) return;
  if (condition !== '*') throw notImplemented(`If-None-Match: ${condition}; allowed is *; it`);
  if (bucket.get(key) === undefined) return;
  const message = 'At least one of the pre-conditions you specified did not hold';
  throw new ServiceError('PreconditionFailed', message, 412);
};

const put = (bucket: Bucket, key: string, request: GatewayRequest): Answer => {
  refuseHeaders(request.headers, 'x-amz-copy-source', 'if-match');
  checkAbsent(bucket, key, request.headers['if-none-match']);
  const object = bucket.put(key, decodeContent(request), Date.now());
  if (object === undefined) throw locked();
  return { status: 200, headers: { etag: object.etag } };
};

const remove = (bucket: Bucket, key: string): Answer => {
  if (!bucket.delete(key)) throw locked();
  return { status: 204 };
};

const onObject = (bucket: Bucket, key: string, request: GatewayRequest): Answer => {
  checkParameters(request.query, []);
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      refuseHeaders(request.headers, 'range', 'if-match', 'if-none-match');
      return get(bucket, key);
    case 'PUT':
      return put(bucket, key, request);
    case 'DELETE':
      return remove(bucket, key);
    default:
      throw notImplemented(request.method);
  }
};

const onBucket = (bucket: Bucket, { method, query }: GatewayRequest): Answer => {
  checkParameters(query, listParameters);
  if (method === 'GET' && query.get('list-type') === '2') return listing(bucket, query);
  throw notImplemented(`${method} of a bucket other than ListObjectsV2`);
};

const errorBody = (error: unknown): string => {
  const code = error instanceof ServiceError ? error.type : 'InternalError';
  return xmlDocument([
    'Error',
    [
      ['Code', code],
      ['Message', messageOf(error)],
    ],
  ]);
};

/** Speaks S3 by paths, `/bucket/key`: the SDK addresses buckets in this way if the endpoint is an IP address. */
export const s3Protocol = (buckets: readonly Bucket[]): Protocol => {
  const named = (name: string): Bucket => {
    const bucket = buckets.find(({ props }) => props.name === name);
    if (bucket !== undefined) return bucket;
    throw new ServiceError('NoSuchBucket', `The specified bucket does not exist: ${name}`, 404);
  };
  return {
    speaks: ({ path, headers }: RequestHead) => path.length > 1 && headers['x-amz-target'] === undefined,
    answer: (request) => {
      const [, name = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(request.path) ?? [];
      const bucket = named(decodePath(name));
      return key === '' ? onBucket(bucket, request) : onObject(bucket, decodeKey(key), request);
    },
    refuse: (error) => ({
      status: error instanceof ServiceError ? error.status : 500,
      headers: { 'content-type': 'application/xml' },
      body: errorBody(error),
    }),
  };
};
