import type { IEventBus, RuleProps } from 'aws-cdk-lib/aws-events';
import type { RulePattern } from '../../events/index.ts';

/** A bus of the app, or an imported one such as a partner's. */
export type RuleBus = NonNullable<RuleProps['eventBus']> & Pick<IEventBus, 'eventBusName'>;

/** A rule that is to be: its bus, and the events of that bus which it matches. */
interface BusRule {
  readonly bus: RuleBus;
  readonly pattern: RulePattern;
}

/** A rule that is there. */
export interface NamedRule {
  readonly bus: RuleBus;
  readonly ruleName: string;
}

/** Rules by their ids. */
export type BusRules = Readonly<Record<string, BusRule>>;

/** Returns rules that are all on one bus, by the ids of their patterns. */
export const rulesOn = (bus: RuleBus, patterns: Readonly<Record<string, RulePattern>>): BusRules =>
  Object.fromEntries(Object.entries(patterns).map(([id, pattern]) => [id, { bus, pattern }]));
