import {
  actionPattern,
  deadlineMovedPattern,
  deliveriesPattern,
  erasurePattern,
  funnelPattern,
  handoffVerdictPattern,
  inboundPattern,
  type RulePattern,
  recyclingPattern,
} from '../../../events/index.ts';
import { compilePattern } from '../../../infra/local/pattern.ts';

const activationPattern: RulePattern = { source: ['sluice'], 'detail-type': ['ScoringModelActivated'] };

/** The events of the bus that each function takes: the patterns of the rules, as they are deployed. */
export const subscriptions = {
  'score-leads': [inboundPattern, recyclingPattern],
  'start-nurture': [actionPattern],
  'hand-off': [actionPattern, handoffVerdictPattern, deadlineMovedPattern],
  'count-funnel': [funnelPattern],
  'erase-lead': [erasurePattern],
  'keep-identities': [erasurePattern],
  'plan-deliveries': [deliveriesPattern],
  'rescore-leads': [activationPattern],
} as const satisfies Readonly<Record<string, readonly RulePattern[]>>;

/** The queues of functions; that of `send-deliveries` is not fed by the bus. */
export type QueueName = keyof typeof subscriptions | 'send-deliveries';

/**
 * The delay of the messages of a queue, in seconds. An erasure waits until the index by which it finds quarantined
 * events has them all.
 */
export const delays: Readonly<Record<QueueName, number>> = {
  'score-leads': 0,
  'start-nurture': 0,
  'hand-off': 0,
  'count-funnel': 0,
  'erase-lead': 60,
  'keep-identities': 0,
  'plan-deliveries': 0,
  'send-deliveries': 0,
  'rescore-leads': 0,
};

/** The stream records that publish-changes takes. A test checks that they are those that are deployed. */
export const streamFilters = {
  leads: [
    { eventName: ['INSERT'], dynamodb: { NewImage: { changes: { S: [{ exists: true }] } } } },
    {
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { Keys: { sk: { S: ['NURTURE', { prefix: 'HANDOFF#' }] } } },
    },
    {
      eventName: ['INSERT'],
      dynamodb: {
        Keys: { pk: { S: ['MODEL-HISTORY'] } },
        NewImage: { act: { S: ['activated', 'rolled-back'] } },
      },
    },
    {
      eventName: ['INSERT'],
      dynamodb: { Keys: { pk: { S: ['DRIFT'] } }, NewImage: { findings: { N: [{ exists: true }] } } },
    },
  ],
  quarantine: [{ eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: ['META'] } } } }],
  deliveries: [
    {
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { Keys: { sk: { S: ['STATE'] } }, NewImage: { pausedAt: { S: [{ exists: true }] } } },
    },
  ],
} as const;

const compiled = new Map<unknown, (event: unknown) => boolean>();

/** Returns the test for a pattern. Each pattern is compiled only once a process. */
export const resolveMatcher = (pattern: unknown): ((event: unknown) => boolean) => {
  const known = compiled.get(pattern) ?? compilePattern(pattern);
  compiled.set(pattern, known);
  return known;
};
