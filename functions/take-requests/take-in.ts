import {
  apiSource,
  type BusEvent,
  busEvent,
  type ContractOf,
  type DataOf,
  type InboundType,
  type Problem,
  parseInbound,
} from '../../events/index.ts';
import {
  type ApiAnswer,
  ApiProblem,
  type ApiRequest,
  keyReused,
  putOnBus,
  readKeyed,
} from '../../shared/api/index.ts';
import type { RequestIdentity } from '../../shared/requests/index.ts';
import { versionTaken } from './check-version.ts';
import type { RequestDeps } from './deps.ts';
import { identifyRequest } from './identify-request.ts';

/** The event that a request makes. */
export interface Intake<Type extends InboundType> {
  readonly type: Type;
  readonly data: DataOf<ContractOf<Type>>;
  /** The instant that the caller names. @default the request's own */
  readonly occurredAt?: string | undefined;
  /**
   * Checks what is stored: whether the caller may do it, and whether it can be done. A request that is sent again has
   * passed it the first time, and what it has done since then is no reason to refuse it.
   *
   * @throws ApiProblem
   */
  readonly check: () => Promise<void>;
}

/** The fields of events that are part of the path of a request. */
const pathFields: readonly string[] = ['detail.data.leadId', 'detail.data.handoffId'];

/** Names the field of a request that became the field of an event. */
const toRequestField = (path: string): string =>
  pathFields.includes(path) ? 'path.id' : path.replace(/^detail\.(?:data|metadata)\b/, 'body');

/** @throws ApiProblem if the contracts refuse the event */
const checkEvent = (event: BusEvent, now: number): void => {
  const parsed = parseInbound(event, now);
  if (parsed.ok) return;
  const problems = parsed.rejection.problems.map(
    (problem): Problem => ({ ...problem, path: toRequestField(problem.path) }),
  );
  throw new ApiProblem('invalid-request', 'the request has values that are not allowed', problems);
};

/**
 * Makes an event of a request and puts it on the bus. Everything is checked before anything is stored, and the request
 * is stored before its event is put: whatever fails, it may be sent again.
 *
 * @throws ApiProblem
 */
export const takeIn = async <Type extends InboundType>(
  deps: RequestDeps,
  request: ApiRequest,
  leadId: string,
  { type, data, occurredAt, check }: Intake<Type>,
): Promise<ApiAnswer> => {
  const build = (identity: RequestIdentity) =>
    busEvent(
      type,
      apiSource,
      { eventId: identity.eventId, occurredAt: occurredAt ?? identity.occurredAt },
      data,
    );
  const identified = await identifyRequest(deps, request);
  checkEvent(build(identified), deps.now());
  if (identified.kind === 'new') await check();
  const { ifMatch } = request;
  const noted = await deps.requests.note({
    eventId: identified.eventId,
    occurredAt: identified.occurredAt,
    keyed: readKeyed(request),
    seen: ifMatch === undefined ? undefined : { leadId, version: ifMatch },
  });
  if (noted.kind === 'other') throw keyReused(request);
  if (noted.kind === 'taken') throw versionTaken(ifMatch);
  const event = build(noted);
  await putOnBus(deps, [event]);
  const { metadata } = event.detail;
  return { body: { eventId: metadata.eventId, occurredAt: metadata.occurredAt } };
};
