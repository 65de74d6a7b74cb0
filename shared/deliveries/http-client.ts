import { lookup as lookUp } from 'node:dns/promises';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage, Agent as PlainAgent } from 'node:http';
import type { HttpAnswer, HttpRequest, HttpSender } from './http-sender.ts';
import { type AddressRule, findAddressProblem } from './public-address.ts';
import { parseRetryAfter } from './retry-after.ts';
import { findUrlProblem } from './target-url.ts';

/** An address that a name has. */
interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export interface HttpSenderProps extends AddressRule {
  /** The clock that dates in `Retry-After` are compared with, in milliseconds since 1970. */
  readonly now: () => number;
  /** The longest that a request may take as a whole. @default 15 s */
  readonly timeoutMs?: number;
  /** Returns all addresses of a name. @default the resolver of this machine */
  readonly resolve?: (hostname: string) => Promise<readonly ResolvedAddress[]>;
}

/** Answers with more bytes of headers are refused. */
const mostHeaderBytes = 16_384;

/** Answers are read to their end only up to so many bytes, so that the connection can be used again. */
const mostBytes = 4_096;

class RefusedAddressError extends Error {
  readonly code = 'REFUSED_ADDRESS';
}

type LookedUp = (error: Error | null, address: readonly ResolvedAddress[] | string, family?: number) => void;

/**
 * Returns the resolver of a connection, which connects to the address that was checked: there is no second look-up that
 * could give another one. A name of which any address is inside is refused, because it would be tried next.
 */
const checkedLookup =
  (resolve: (hostname: string) => Promise<readonly ResolvedAddress[]>, rule: AddressRule) =>
  (hostname: string, { all }: { readonly all?: boolean }, done: LookedUp): void => {
    const find = async () => {
      const found = await resolve(hostname);
      for (const { address } of found) {
        const problem = findAddressProblem(address, rule);
        if (problem !== undefined)
          throw new RefusedAddressError(`${hostname} has an address that ${problem}`);
      }
      const [first] = found;
      if (first === undefined) throw new Error(`${hostname} has no address`);
      return { found, first };
    };
    find().then(
      ({ found, first }) => (all ? done(null, found) : done(null, first.address, first.family)),
      (error: Error) => done(error, []),
    );
  };

const readHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : `${value}`,
    ]),
  );

/** Reads the beginning of a body. What goes on beyond the bound closes the connection. */
const readBody = async (response: IncomingMessage, wanted: number): Promise<string> => {
  const bound = Math.max(wanted, mostBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > bound) break;
  }
  return Buffer.concat(chunks).subarray(0, wanted).toString('utf8');
};

/** Returns a reason that says nothing of the address but its host. Messages of Node may quote more. */
const describeFailure = (error: Error & { code?: string }, isLate: boolean, timeoutMs: number): string => {
  if (isLate) return `no answer within ${timeoutMs / 1_000} s`;
  return `no connection (${error.code ?? error.name})`;
};

/** Creates a sender over the network. */
export const createHttpSender = ({
  now,
  allowLoopback,
  timeoutMs = 15_000,
  resolve = (hostname) => lookUp(hostname, { all: true }),
}: HttpSenderProps): HttpSender => {
  const rule = { allowLoopback };
  const lookup = checkedLookup(resolve, rule);
  const agents = new Map<string, PlainAgent>();
  const load = (protocol: string) =>
    protocol === 'https:' ? process.getBuiltinModule('node:https') : process.getBuiltinModule('node:http');
  const agentFor = (protocol: string): PlainAgent => {
    const agent = agents.get(protocol) ?? new (load(protocol).Agent)({ keepAlive: true, maxSockets: 16 });
    agents.set(protocol, agent);
    return agent;
  };

  const open = (
    url: URL,
    { method = 'POST', headers, body }: HttpRequest,
    signal: AbortSignal,
  ): ClientRequest => {
    const request = load(url.protocol).request(url, {
      method,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: agentFor(url.protocol),
      // Node's type names the errors of system calls only.
      lookup: lookup as never,
      maxHeaderSize: mostHeaderBytes,
      rejectUnauthorized: true,
      signal,
    });
    request.end(body);
    return request;
  };

  const exchange = async (request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> => {
    const opened = open(new URL(request.url), request, signal);
    const response = await new Promise<IncomingMessage>((done, fail) => {
      opened.once('response', done);
      // Errors may follow the first one, and nobody listens any more.
      opened.on('error', fail);
    });
    const headers = readHeaders(response.headers);
    const retryAfterMs = parseRetryAfter(headers['retry-after'], now());
    return {
      kind: 'answered',
      status: response.statusCode ?? 0,
      headers,
      // The status counts even if the rest of the body never comes.
      body: await readBody(response, request.mostAnswerBytes ?? 0).catch(() => ''),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  };

  return {
    send: async (request) => {
      const problem = findUrlProblem(request.url, rule);
      if (problem !== undefined)
        return { kind: 'refused', reason: `not sent: given ${problem.given}; allowed: ${problem.allowed}` };
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), timeoutMs);
      try {
        return await exchange(request, late.signal);
      } catch (error) {
        if (error instanceof RefusedAddressError)
          return { kind: 'refused', reason: `not sent: ${error.message}` };
        return {
          kind: 'unanswered',
          reason: describeFailure(error as Error, late.signal.aborted, timeoutMs),
        };
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
};
