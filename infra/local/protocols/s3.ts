import type { Bucket, BucketObject, ObjectVersion } from '../bucket.ts';
import { messageOf, ServiceError } from '../errors.ts';
import { decodeContent } from './aws-chunked.ts';
import { type Answer, decodePath, type GatewayRequest, type Protocol, type RequestHead } from './protocol.ts';
import { listing } from './s3-listing.ts';
import { findVersion, versionIdOf } from './s3-version-id.ts';
import { versionListing } from './s3-version-listing.ts';
import { xmlDocument } from './xml.ts';

const listParameters = ['prefix', 'max-keys', 'encoding-type'];
const objectListParameters = [
  'list-type',
  ...listParameters,
  'continuation-token',
  'start-after',
  'fetch-owner',
];
const versionListParameters = ['versions', ...listParameters, 'key-marker', 'version-id-marker'];

const notImplemented = (what: string): ServiceError =>
  new ServiceError('NotImplemented', `${what} is not supported by the local stack`, 501);

/**
 * Refuses unknown parameters. Parts and tags are requested by parameters; without this check such a request
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

/** The longest key of S3, in bytes. A longer one could also exceed what the system takes as a path. */
const longestKey = 1_024;

const decodeKey = (text: string): string => {
  const key = decodePath(text, 'InvalidURI');
  const bytes = Buffer.byteLength(key);
  if (bytes <= longestKey) return key;
  throw new ServiceError(
    'KeyTooLongError',
    `Your key is too long: got ${bytes} bytes, allowed are ${longestKey}`,
  );
};

const versionHeaders = (bucket: Bucket, version: ObjectVersion): Record<string, string> => ({
  ...(bucket.props.versioned && { 'x-amz-version-id': versionIdOf(bucket, version) }),
});

const objectHeaders = (bucket: Bucket, object: BucketObject): Record<string, string> => ({
  'content-type': 'application/octet-stream',
  etag: object.etag,
  'last-modified': new Date(object.modifiedAt).toUTCString(),
  ...versionHeaders(bucket, object),
});

const readVersion = (bucket: Bucket, key: string, id: string): BucketObject => {
  const version = findVersion(bucket, key, id);
  if (version === undefined)
    throw new ServiceError('NoSuchVersion', 'The specified version does not exist.', 404);
  if (version.body === undefined)
    throw new ServiceError('MethodNotAllowed', 'The specified version is a delete marker.', 405);
  return version;
};

const readCurrent = (bucket: Bucket, key: string): BucketObject => {
  const object = bucket.get(key);
  if (object === undefined) throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
  return object;
};

const get = (bucket: Bucket, key: string, query: URLSearchParams): Answer => {
  const id = query.get('versionId');
  const object = id === null ? readCurrent(bucket, key) : readVersion(bucket, key, id);
  return { status: 200, headers: objectHeaders(bucket, object), body: object.body };
};

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
  return { status: 200, headers: { etag: object.etag, ...versionHeaders(bucket, object) } };
};

const remove = (bucket: Bucket, key: string): Answer => {
  const marker = bucket.delete(key, Date.now());
  if (marker === undefined) return { status: 204 };
  return { status: 204, headers: { 'x-amz-delete-marker': 'true', ...versionHeaders(bucket, marker) } };
};

const onObject = (bucket: Bucket, key: string, request: GatewayRequest): Answer => {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  checkParameters(request.query, isRead ? ['versionId'] : []);
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      refuseHeaders(request.headers, 'range', 'if-match', 'if-none-match');
      return get(bucket, key, request.query);
    case 'PUT':
      return put(bucket, key, request);
    case 'DELETE':
      return remove(bucket, key);
    default:
      throw notImplemented(request.method);
  }
};

const onBucket = (bucket: Bucket, { method, query }: GatewayRequest): Answer => {
  const ofVersions = query.has('versions');
  checkParameters(query, ofVersions ? versionListParameters : objectListParameters);
  if (method === 'GET' && ofVersions) return versionListing(bucket, query);
  if (method === 'GET' && query.get('list-type') === '2') return listing(bucket, query);
  throw notImplemented(`${method} of a bucket other than ListObjectsV2 and ListObjectVersions`);
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
      const bucket = named(decodePath(name, 'InvalidURI'));
      return key === '' ? onBucket(bucket, request) : onObject(bucket, decodeKey(key), request);
    },
    refuse: (error) => ({
      status: error instanceof ServiceError ? error.status : 500,
      headers: { 'content-type': 'application/xml' },
      body: errorBody(error),
    }),
  };
};
