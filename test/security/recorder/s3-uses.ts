import { type RecordedRequest, UnknownCallError, type Use } from './use.ts';

/** The SDK's name of a call, and the action that it needs. Without a key, it is a call for the bucket. */
const calls: Readonly<Record<string, { readonly operation: string; readonly action: string }>> = {
  'GET object': { operation: 'GetObject', action: 's3:GetObject' },
  'HEAD object': { operation: 'HeadObject', action: 's3:GetObject' },
  'PUT object': { operation: 'PutObject', action: 's3:PutObject' },
  'DELETE object': { operation: 'DeleteObject', action: 's3:DeleteObject' },
  'GET bucket': { operation: 'ListObjectsV2', action: 's3:ListBucket' },
  'HEAD bucket': { operation: 'HeadBucket', action: 's3:ListBucket' },
};

/**
 * The query parameters that don't change the action. Those for parts, versions, tags and the like need other actions.
 */
const plain = new Set([
  'x-id',
  'list-type',
  'prefix',
  'max-keys',
  'continuation-token',
  'start-after',
  'encoding-type',
]);

/**
 * Returns the rights that a request of S3 needs, with the bucket in the path, as the SDK writes it for an endpoint that
 * is an IP address. @throws UnknownCallError
 */
export const s3Uses = (request: RecordedRequest): { operation: string; uses: Use[] } => {
  const { method, path, query, headers } = request;
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const call = `${method} ${key === '' ? 'bucket' : 'object'}`;
  const known = calls[call];
  const other = [...query.keys()].filter((name) => !plain.has(name));
  if (known === undefined || other.length > 0)
    throw new UnknownCallError(`S3's ${[call, ...other].join(' ')}`, Object.keys(calls));
  const prefix = query.get('prefix');
  const condition = headers['if-none-match'];
  const use = {
    action: known.action,
    resource: `s3:${decodeURIComponent(bucket)}${key === '' ? '' : `/${decodeURIComponent(key)}`}`,
    context: {
      ...(prefix !== null && { 's3:prefix': [prefix] }),
      ...(condition !== undefined && { 's3:if-none-match': [condition] }),
    },
  };
  return { operation: known.operation, uses: [use] };
};
