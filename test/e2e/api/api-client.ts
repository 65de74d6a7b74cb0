import { type Operation, operations, routeKeyOf, routeOf } from '../../../events/api/index.ts';
import { stepFailed } from '../errors.ts';
import type { PersonName } from './people.ts';
import {
  type Address,
  type Reply,
  type RequestToSend,
  type Signing,
  sendRequest,
  signRequest,
} from './send-request.ts';

export type { Reply } from './send-request.ts';

/** The doors of the API, and the keys to them. */
export interface ApiAccess {
  readonly people: () => Address;
  readonly services: () => Address;
  /** Returns a token of a person. Left out if the run has none. */
  readonly issueToken?: (person: PersonName) => Promise<string>;
  readonly sign: () => Promise<Signing>;
}

/** Whoever sends a request: a person with a token, a service with AWS credentials, or nobody who is known. */
export type Sender = PersonName | 'service' | 'nobody';

export interface CallProps {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Is sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Returns the status of a reply, with the name of the problem if it has one: `403 forbidden`. */
export const describeReply = ({ status, body }: Reply): string => {
  const type: unknown = body?.type;
  return typeof type === 'string' && status >= 400 ? `${status} ${type.split(':').at(-1)}` : `${status}`;
};

/** @throws EndToEndError `STEP_FAILED` if a reply is another than it must be */
export const checkReply = (wanted: string, what: string, reply: Reply): void => {
  const found = describeReply(reply);
  if (found === wanted) return;
  throw stepFailed(`${what}: answered ${found} ${JSON.stringify(reply.body)}; expected ${wanted}`);
};

/** A client of the API that knows its routes, and which of them it has called. */
export class ApiClient {
  readonly #access: ApiAccess;
  readonly #tokens = new Map<PersonName, Promise<string>>();
  readonly #called = new Map<'people' | 'services', Set<Operation>>();

  constructor(access: ApiAccess) {
    this.#access = access;
  }

  /** Returns the routes that no request of a door was for. */
  uncalled(door: 'people' | 'services'): Operation[] {
    return operations.filter((operation) => !this.#called.get(door)?.has(operation));
  }

  async call(sender: Sender, operation: Operation, props: CallProps = {}): Promise<Reply> {
    const door = sender === 'service' ? 'services' : 'people';
    this.#called.set(door, (this.#called.get(door) ?? new Set()).add(operation));
    const { method, path } = routeOf(operation);
    const named = path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(props.path?.[name] ?? ''),
    );
    return this.send(sender, method, named, props);
  }

  /** Sends a request that may have no route. @param path with encoded parts */
  async send(sender: Sender, method: string, path: string, props: CallProps = {}): Promise<Reply> {
    const { query = {}, body, headers = {} } = props;
    const request: RequestToSend = {
      method,
      path,
      query,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    };
    if (sender === 'service') {
      const address = this.#access.services();
      return sendRequest(address, await signRequest(await this.#access.sign(), address, request));
    }
    const authorization =
      sender === 'nobody' ? {} : { authorization: `Bearer ${await this.#tokenOf(sender)}` };
    return sendRequest(this.#access.people(), {
      ...request,
      headers: { ...authorization, ...request.headers },
    });
  }

  /**
   * Calls a route, and checks the status of the reply.
   *
   * @param wanted a status, with the name of the problem: `200`, `403 forbidden`
   * @throws EndToEndError `STEP_FAILED` if the reply is another
   */
  async expect(wanted: string, sender: Sender, operation: Operation, props: CallProps = {}): Promise<Reply> {
    const reply = await this.call(sender, operation, props);
    checkReply(wanted, `${routeKeyOf(routeOf(operation))} by ${sender}`, reply);
    return reply;
  }

  async #tokenOf(person: PersonName): Promise<string> {
    const { issueToken } = this.#access;
    if (issueToken === undefined) throw stepFailed(`there is no token of the ${person}`);
    const token = this.#tokens.get(person) ?? issueToken(person);
    this.#tokens.set(person, token);
    return token;
  }
}
