import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from './sha256.ts';

/** Reads objects of one bucket. */
export interface BucketReader {
  /** Lists the keys of objects behind a key, in their order, at most a page of them. */
  readonly list: (prefix: string, after: string) => Promise<readonly string[]>;
  /** Reads an object as text. @returns undefined if there is none */
  readonly read: (key: string) => Promise<string | undefined>;
}

/** The answer of S3 was neither the object nor that there is none. */
class BucketNotReadError extends Error {
  readonly code = 'BUCKET_NOT_READ';
  constructor(status: number) {
    super(`the bucket answered with ${status}; allowed is 200, or 404 for an object`);
    this.name = 'BucketNotReadError';
  }
}

const timeoutMs = 10_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the URL of a bucket. A local endpoint has the bucket in its path. */
const urlOf = (
  bucket: string,
  { AWS_REGION, AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 = AWS_ENDPOINT_URL }: Environment,
): string => {
  if (AWS_ENDPOINT_URL_S3) return `${AWS_ENDPOINT_URL_S3}/${bucket}`;
  const suffix = AWS_REGION?.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://${bucket}.s3.${AWS_REGION}.${suffix}`;
};

const createSigner = ({
  AWS_REGION = '',
  AWS_ACCESS_KEY_ID = '',
  AWS_SECRET_ACCESS_KEY = '',
  AWS_SESSION_TOKEN,
}: Environment) =>
  new SignatureV4({
    service: 's3',
    region: AWS_REGION,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    },
    sha256: Sha256,
    // S3 signs a path as it is sent.
    uriEscapePath: false,
  });

/** Returns the user agent by which CloudTrail names the function, in the form of the SDK's. */
const agentOf = ({ AWS_SDK_UA_APP_ID = 'sluice' }: Environment): string =>
  `app/${AWS_SDK_UA_APP_ID.replaceAll('/', '-')}`;

/** Encodes a part of a path as S3 signs it. */
const encode = (part: string): string =>
  encodeURIComponent(part).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Creates a reader of a bucket by two requests of S3, signed by the SDK's signer: the client of S3 would make the bundle
 * of a function half as large again.
 *
 * @param environment has the region and the credentials, as Lambda sets them
 */
export const createBucketReader = (
  bucket: string,
  environment: Environment = process.env,
  send: typeof fetch = fetch,
): BucketReader => {
  const get = async (path: string, query: Readonly<Record<string, string>>): Promise<Response> => {
    const url = new URL(`${urlOf(bucket, environment)}${path}`);
    const search = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(value)}`);
    const { headers } = await createSigner(environment).sign({
      method: 'GET',
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: { ...query },
      headers: { host: url.host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    });
    const { host: _host, ...sent } = headers;
    return send(search.length === 0 ? url : `${url}?${search.join('&')}`, {
      headers: { ...sent, 'user-agent': agentOf(environment) },
      signal: AbortSignal.timeout(timeoutMs),
    });
  };
  const list = async (query: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const answer = await get('/', { 'list-type': '2', ...query });
    if (!answer.ok) throw new BucketNotReadError(answer.status);
    // Keys of anchors are made of characters that XML has no other form of.
    return [...(await answer.text()).matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key);
  };
  /**
   * Whether an answer says that there is no object. S3 answers 403 for that too, unless the caller may list the whole
   * bucket; a function may list anchors alone, and so asks for the key.
   */
  const isMissing = async ({ status }: Response, key: string): Promise<boolean> =>
    status === 404 || (status === 403 && !(await list({ prefix: key })).includes(key));
  return {
    list: (prefix, after) => list({ prefix, 'start-after': after }),
    async read(key) {
      const answer = await get(`/${key.split('/').map(encode).join('/')}`, {});
      if (await isMissing(answer, key)) return undefined;
      if (!answer.ok) throw new BucketNotReadError(answer.status);
      return answer.text();
    },
  };
};
