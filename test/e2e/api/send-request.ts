import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { request as requestPlainly } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { json } from 'node:stream/consumers';
import { SignatureV4 } from '@smithy/signature-v4';

type Headers = Readonly<Record<string, string>>;

/** A request of the API. Bodies are JSON. */
export interface RequestToSend {
  readonly method: string;
  /** The path, with encoded parts. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Headers;
  readonly body: string | undefined;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The JSON of the body; undefined if it is empty. */
  // biome-ignore lint/suspicious/noExplicitAny: each route has its own answer.
  readonly body: any;
}

/** The address of an API. */
export interface Address {
  /** The URL of the output. Its host may be a name that nobody resolves, or that is no valid one. */
  readonly url: string;
  /** The URL that is connected to. @default that of the output */
  readonly connectTo?: string | undefined;
}

const hostOf = (url: string): string => url.replace(/^https?:\/\//, '').replace(/\/$/, '');

const target = ({ path, query }: RequestToSend): string => {
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
};

/** Sends a request to an API by its own name, wherever that is. */
export const sendRequest = async ({ url, connectTo = url }: Address, sent: RequestToSend): Promise<Reply> => {
  const { protocol, hostname, port } = new URL(connectTo);
  const { method, headers, body } = sent;
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const send = protocol === 'https:' ? requestSecurely : requestPlainly;
  send(
    {
      hostname,
      port,
      method,
      path: target(sent),
      headers: {
        host: hostOf(url),
        ...headers,
        ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
      },
      signal: AbortSignal.timeout(60_000),
    },
    (answer) => {
      const read =
        answer.headers['content-length'] === '0' || answer.statusCode === 304 ? undefined : json(answer);
      if (read === undefined) answer.resume();
      Promise.resolve(read).then(
        (content) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: content }),
        reject,
      );
    },
  )
    .on('error', reject)
    .end(body);
  return promise;
};

/** SHA-256, in the form in which the signer of the SDK takes it. */
class Sha256 {
  readonly #hash: Hash | Hmac;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string);
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}

/** The credentials of a service. */
export interface Signing {
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** Returns a request with its signature, as API Gateway checks it. */
export const signRequest = async (
  { region, credentials }: Signing,
  { url }: Address,
  request: RequestToSend,
): Promise<RequestToSend> => {
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  const host = hostOf(url);
  const signed = await signer.sign({
    ...request,
    protocol: 'https:',
    hostname: host,
    headers: { host, ...request.headers },
    query: { ...request.query },
  });
  return { ...request, headers: signed.headers };
};
