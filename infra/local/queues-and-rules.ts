import type { QueueSpec, RuleSpec } from './blueprint.ts';
import type { Rule } from './bus.ts';
import { LocalStackError } from './errors.ts';
import { Queue, type QueueJournal } from './queue.ts';

/** Creates the queues and returns them by ARN. A dead-letter queue is created before the queues that send to it. */
export const createQueues = (
  specs: readonly QueueSpec[],
  journalOf?: (queue: string) => QueueJournal,
  longestDelayMs = Number.POSITIVE_INFINITY,
): ReadonlyMap<string, Queue> => {
  const byArn = new Map(specs.map((spec) => [spec.arn, spec]));
  const queues = new Map<string, Queue>();
  const create = (spec: QueueSpec, from: readonly string[]): Queue => {
    const existing = queues.get(spec.arn);
    if (existing !== undefined) return existing;
    const { VisibilityTimeout, DelaySeconds, RedrivePolicy } = spec.properties;
    const target = RedrivePolicy && byArn.get(RedrivePolicy.deadLetterTargetArn);
    if (RedrivePolicy && (target === undefined || from.includes(target.arn) || target === spec)) {
      const given = RedrivePolicy.deadLetterTargetArn;
      throw invalid(spec.id, `sends its dead letters to ${given}, allowed is another queue of the app`);
    }
    const queue = new Queue({
      name: spec.name,
      arn: spec.arn,
      visibilityTimeoutMs: VisibilityTimeout * 1_000,
      delayMs: Math.min(DelaySeconds * 1_000, longestDelayMs),
      longestDelayMs,
      journal: journalOf?.(spec.name),
      ...(RedrivePolicy &&
        target && {
          redrive: {
            maxReceiveCount: RedrivePolicy.maxReceiveCount,
            deadLetters: create(target, [...from, spec.arn]),
          },
        }),
    });
    queues.set(spec.arn, queue);
    return queue;
  };
  for (const spec of specs) create(spec, []);
  return queues;
};

export const createRules = (specs: readonly RuleSpec[], queues: ReadonlyMap<string, Queue>): Rule[] =>
  specs.map(({ id, bus, matches, targetArns }) => ({
    bus,
    matches,
    targets: targetArns.map((arn) => {
      const queue = queues.get(arn);
      if (queue === undefined) throw invalid(id, `has the target ${arn}, allowed are the queues of the app`);
      return queue;
    }),
  }));

const invalid = (who: string, what: string): LocalStackError =>
  new LocalStackError('RESOURCE_INVALID', `${who} ${what}`);
