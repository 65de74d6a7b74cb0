import { apiLimits, type Routes } from '../../events/api/index.ts';
import { type ApiAnswer, type ApiRequest, keyReused, putOnBus, readKeyed } from '../../shared/api/index.ts';
import type { RequestDeps } from './deps.ts';
import { identifyRequest } from './identify-request.ts';
import { type Judged, judgeEvent } from './judge-event.ts';

type Accepted = Extract<Judged, { kind: 'accepted' }>;

const describe = (judged: Judged, index: number, isUnavailable: boolean) => {
  const { eventId } = judged;
  const named = { index, ...(eventId !== undefined && { eventId }) };
  if (judged.kind === 'accepted')
    return { ...named, result: isUnavailable ? ('unavailable' as const) : judged.kind };
  const { code, problems } = judged.rejection;
  return { ...named, result: judged.kind, code, problems: problems.slice(0, apiLimits.problemsPerEvent) };
};

/**
 * Takes in events, with an answer for each. Refused ones are stored nowhere. An event that is sent again is recorded
 * once, by its own id, so that a key adds only this: it can't be used for other events by mistake.
 */
export const putEvents =
  (deps: RequestDeps) =>
  async (request: ApiRequest<Routes['putEvents']>): Promise<ApiAnswer> => {
    const identified = await identifyRequest(deps, request);
    const now = deps.now();
    const all = request.body.map((given) => judgeEvent(given, now));
    const accepted = all.filter((judged): judged is Accepted => judged.kind === 'accepted');
    const keyed = readKeyed(request);
    if (keyed !== undefined && accepted.length > 0) {
      const { eventId, occurredAt } = identified;
      const noted = await deps.requests.note({ eventId, occurredAt, keyed });
      if (noted.kind === 'other') throw keyReused(request);
    }
    const refusedByBus = await putOnBus(
      deps,
      accepted.map(({ event }) => event),
    );
    const unavailable = new Set(accepted.filter((_, i) => refusedByBus.has(i)));
    const results = all.map((judged, index) =>
      describe(judged, index, judged.kind === 'accepted' && unavailable.has(judged)),
    );
    const countOf = (result: (typeof results)[number]['result']): number =>
      results.filter((each) => each.result === result).length;
    return {
      body: {
        accepted: countOf('accepted'),
        refused: countOf('refused'),
        unavailable: countOf('unavailable'),
        results,
      },
    };
  };
