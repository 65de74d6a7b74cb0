import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { PartnerSource } from '../../shared/sources/index.ts';
import type { BusRules } from './bus-rule.ts';
import { QueueFunction, type QueueFunctionOptions } from './queue-function.ts';
import { ruleMetric } from './rule-alarms.ts';
import { alarmOnMissingChanges, alarmOnSilentSource, alarmOnUnmappedPayloads } from './source-alarms.ts';

export interface PartnerEventsProps
  extends Pick<
    QueueFunctionOptions,
    'commandHooks' | 'environment' | 'key' | 'logRetention' | 'maxConcurrency' | 'memorySize'
  > {
  /**
   * The sources on partner buses, checked. Their buses have to be there already: creating one accepts the partner's
   * event source, which exists only once the partner has created it.
   */
  readonly sources: readonly PartnerSource[];
}

/**
 * The function that takes in events of partner buses, with a rule on the bus of each source, one queue for all, and an
 * alarm for each source that may not be silent. The function may do nothing but receive its messages until it is
 * granted what taking in needs.
 *
 * Its id begins the names of the queues' outputs, so `TakePartnerEvents` is the one that commands expect.
 */
export class PartnerEvents extends QueueFunction {
  constructor(scope: Construct, id: string, { sources, ...props }: PartnerEventsProps) {
    checkBuses(sources);
    super(scope, id, { ...props, service: 'take-partner-events', rules: rulesFor(scope, id, sources) });
    for (const [i, { name, silentAfterHours }] of sources.entries()) {
      const rule = this.source.rules[i];
      if (silentAfterHours === undefined || rule === undefined) continue;
      alarmOnSilentSource(this, { name, silentAfterHours, arrived: ruleMetric(rule, 'TriggeredRules') });
    }
    alarmOnMissingChanges(this);
    alarmOnUnmappedPayloads(this, 'take-partner-events');
  }
}

/**
 * Returns a rule for each source, by the source's name, which takes everything that its partner sends. A partner bus and
 * its event source have one name, which is also the source of its events; nobody else can put events with a source that
 * begins with `aws.`. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html
 */
const rulesFor = (scope: Construct, id: string, sources: readonly PartnerSource[]): BusRules =>
  Object.fromEntries(
    sources.map(({ name, bus }) => [
      name,
      { bus: EventBus.fromEventBusName(scope, `${id}-${name}-bus`, bus), pattern: { source: [bus] } },
    ]),
  );

/** @throws Error if two sources have one bus: each of its events would be taken in by one of them only */
const checkBuses = (sources: readonly PartnerSource[]): void => {
  for (const [bus, [first, second]] of Map.groupBy(sources, (source) => source.bus)) {
    if (first === undefined || second === undefined) continue;
    throw new Error(
      `sources ${first.name} and ${second.name}: given the bus ${bus} for both; allowed is one source for each bus`,
    );
  }
};
