import { drawPayloads, type PeoplePayload, type SentPayload } from '../load/people.ts';
import { peopleSecret } from '../load/people-source.ts';
import { createNamedRandom, type Random } from '../random.ts';
import type { World } from './world.ts';

const longestRetryMs = 60_000;

const buildRequest = (payload: PeoplePayload) => ({
  version: '2.0',
  routeKey: 'POST /hooks/{source}',
  rawPath: '/hooks/people',
  rawQueryString: '',
  headers: { 'content-type': 'application/json', 'x-secret': peopleSecret },
  pathParameters: { source: 'people' },
  requestContext: { requestId: payload.id, http: { method: 'POST', path: '/hooks/people' } },
  body: JSON.stringify(payload),
  isBase64Encoded: false,
});

/** The tool that sends payloads about people, each at its instants, and again until it is answered with success. */
export class Sender {
  readonly #payloads: readonly SentPayload[];
  readonly #random: Random;
  /** Answers that no fault explains. */
  readonly unexplained: string[] = [];

  constructor({ plan }: World) {
    this.#payloads = drawPayloads(plan);
    this.#random = createNamedRandom(plan.seed, 'sender');
  }

  get payloads(): readonly PeoplePayload[] {
    return this.#payloads.map(({ payload }) => payload);
  }

  begin(world: World): void {
    const { scheduler } = world;
    for (const { payload, sendAt } of this.#payloads)
      for (const at of sendAt) scheduler.after(at - scheduler.now, () => void this.#send(world, payload));
  }

  async #send(world: World, payload: PeoplePayload): Promise<void> {
    const { receiving, scheduler, log } = world;
    for (;;) {
      const invocation = await receiving.invoke(buildRequest(payload));
      log.work(invocation, [{ id: payload.id, body: 'a webhook' }]);
      const { result, strikes, lostRaces } = invocation;
      const { statusCode } = (result.ok ? result.response : {}) as { readonly statusCode?: number };
      if (statusCode === 200) return;
      if (strikes + lostRaces === 0) this.unexplained.push(`${payload.id} was answered ${statusCode}`);
      if (statusCode !== undefined && statusCode < 500) return;
      await new Promise<void>((resolve) => scheduler.after(this.#random.between(0, longestRetryMs), resolve));
    }
  }
}
