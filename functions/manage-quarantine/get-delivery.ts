import type { Routes } from '../../events/api/index.ts';
import { showValue } from '../../events/index.ts';
import {
  type ApiAnswer,
  ApiProblem,
  type ApiRequest,
  openCursor,
  sealCursor,
} from '../../shared/api/index.ts';
import type { DeliveriesPosition, DeliveryOutline } from '../../shared/deliveries/index.ts';
import type { QuarantineDeps } from './deps.ts';
import { readStanding } from './subscription-standing.ts';

const present = ({
  eventId,
  subscription: _,
  ordinal: __,
  tries: ___,
  time,
  ...outline
}: DeliveryOutline) => {
  const waits = outline.state === 'waiting';
  return {
    id: eventId,
    ...outline,
    nextTryAt: waits ? time : null,
    endedAt: waits ? null : time,
    attempts: outline.attempts.toReversed(),
  };
};

/** Shows how a subscription stands, with a page of its deliveries. What was sent isn't among it. */
export const getDelivery =
  ({ health, requests, now }: QuarantineDeps) =>
  async ({ operation, path, query }: ApiRequest<Routes['getDelivery']>): Promise<ApiAnswer> => {
    const { subscriptions = [] } = health.documents;
    const deployed = subscriptions.find(({ name }) => name === path.subscription);
    if (deployed === undefined)
      throw new ApiProblem('not-found', 'there is no such subscription', [
        {
          path: 'path.subscription',
          given: showValue(path.subscription),
          allowed: subscriptions.map(({ name }) => name).join(', ') || 'none: nothing is delivered',
        },
      ]);
    const { cursor, limit } = query;
    const sealing = {
      secret: await requests.readCursorSecret(),
      now: now(),
      query: [operation, deployed.name],
    };
    const after = cursor === undefined ? undefined : (openCursor(sealing, cursor) as DeliveriesPosition);
    const [standing, page] = await Promise.all([
      readStanding(health, deployed, now()),
      health.deliveries.readPage(deployed.name, { limit, after }),
    ]);
    return {
      body: {
        ...standing,
        entries: page.deliveries.map(present),
        cursor: page.next === undefined ? null : sealCursor(sealing, page.next),
      },
    };
  };
