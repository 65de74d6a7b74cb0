import type { ClientRules } from '../client-rules.ts';
import { jsonAnswer, parseJson, refuseJson } from './json.ts';
import { type Protocol, type RequestHead, targetOf } from './protocol.ts';

const prefix = 'AWSEvents.';

/** Speaks EventBridge: PutEvents, and clients' own rules that lead to queues. */
export const eventsProtocol = (
  putEvents: (entries: unknown, head: RequestHead) => object,
  rules: Pick<ClientRules, 'run'>,
  ruleOperations: readonly string[],
): Protocol => {
  const known = new Set(['PutEvents', ...ruleOperations].map((name) => `${prefix}${name}`));
  return {
    speaks: (head) => known.has(targetOf(head)),
    answer: (request) => {
      const operation = targetOf(request).slice(prefix.length);
      const input = parseJson(request.body);
      if (operation !== 'PutEvents') return jsonAnswer(rules.run(operation, input));
      return jsonAnswer(putEvents((input as { Entries?: unknown } | null)?.Entries, request));
    },
    refuse: refuseJson,
  };
};
