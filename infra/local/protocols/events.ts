import { jsonAnswer, parseJson, refuseJson } from './json.ts';
import { type Protocol, targetOf } from './protocol.ts';

/** EventBridge, as far as it is PutEvents. */
export const eventsProtocol = (putEvents: (entries: unknown) => object): Protocol => ({
  speaks: (head) => targetOf(head) === 'AWSEvents.PutEvents',
  answer: ({ body }) => jsonAnswer(putEvents((parseJson(body) as { Entries?: unknown } | null)?.Entries)),
  refuse: refuseJson,
});
