import {
  actionPattern,
  erasurePattern,
  handoffVerdictPattern,
  inboundPattern,
  type RulePattern,
} from '../../../events/index.ts';
import { compilePattern } from '../../../infra/local/pattern.ts';

/** Which events of the bus each function takes in: the patterns of the rules, as they are deployed. */
export const subscriptions = {
  'score-leads': [inboundPattern],
  'start-nurture': [actionPattern],
  'hand-off': [actionPattern, handoffVerdictPattern],
  'erase-lead': [erasurePattern],
} as const satisfies Readonly<Record<string, readonly RulePattern[]>>;

export type QueueName = keyof typeof subscriptions;

/**
 * Seconds that the messages of a queue wait before they can be received. An erasure waits until the index by which it
 * finds quarantined events has them all.
 */
export const delays: Readonly<Record<QueueName, number>> = {
  'score-leads': 0,
  'start-nurture': 0,
  'hand-off': 0,
  'erase-lead': 60,
};

/** Which records of the tables' streams publish-changes takes in; a test holds them to be those that are deployed. */
export const streamFilters = {
  leads: [
    { eventName: ['INSERT'], dynamodb: { NewImage: { changes: { S: [{ exists: true }] } } } },
    {
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { Keys: { sk: { S: ['NURTURE', { prefix: 'HANDOFF#' }] } } },
    },
    { eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: ['MODEL'] } } } },
  ],
  quarantine: [{ eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: ['META'] } } } }],
} as const;

const compiled = new Map<unknown, (event: unknown) => boolean>();

/** A pattern as a test; each is compiled once a process. */
export const matcherOf = (pattern: unknown): ((event: unknown) => boolean) => {
  const known = compiled.get(pattern) ?? compilePattern(pattern);
  compiled.set(pattern, known);
  return known;
};
