import { describe, expect, it } from 'vitest';
import { buildTemplates, documents, listResources } from '../infra/synthesized.ts';
import { delays, type QueueName, streamFilters, subscriptions } from './world/wiring.ts';

interface Mapping {
  readonly EventSourceArn: string;
  readonly FilterCriteria?: { readonly Filters: readonly { readonly Pattern: string }[] };
}

interface Rule {
  readonly EventPattern: object;
  readonly Targets: readonly { readonly Arn: string }[];
}

const { stateless } = buildTemplates(documents).templates;

const kebab = (name: string): string => name.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();

/** Returns the function that a queue feeds, by the queue's logical id, such as `ScoreLeadsEventsQueue`. */
const parseFunction = (queueId: string): string => kebab(queueId.replace(/EventsQueue.*$/, ''));

const mappings = listResources<Mapping>(stateless, 'AWS::Lambda::EventSourceMapping');
const rules = listResources<Rule>(stateless, 'AWS::Events::Rule');
const queues = listResources<{ readonly DelaySeconds?: number }>(stateless, 'AWS::SQS::Queue');
/**
 * The queues of functions. The canary tests the system from outside and is not simulated, and partner buses are not: what
 * they bring is taken in like webhooks.
 */
const feeding = queues.filter(({ id }) => /EventsQueue$/.test(id) && !/^(TimeCanary|TakePartner)/.test(id));

describe('the wiring of the simulated world', () => {
  it('has the queues that are deployed', () => {
    expect(feeding.map(({ id }) => parseFunction(id)).toSorted()).toEqual(Object.keys(delays).toSorted());
  });

  it.each(Object.keys(subscriptions) as (keyof typeof subscriptions)[])(
    'gives %s what its rules give it',
    (name) => {
      const patterns = rules
        .filter(({ properties }) =>
          properties.Targets.some(({ Arn }) => parseFunction(Arn.split('.')[0] ?? '') === name),
        )
        .map(({ properties }) => properties.EventPattern);
      expect(patterns).toHaveLength(subscriptions[name].length);
      expect(patterns).toEqual(expect.arrayContaining([...subscriptions[name]]));
    },
  );

  it.each(Object.keys(delays) as QueueName[])('delays what %s receives as its queue does', (name) => {
    const queue = feeding.find(({ id }) => parseFunction(id) === name);
    expect(queue?.properties.DelaySeconds ?? 0).toBe(delays[name]);
  });

  it.each([
    ['leads', 'Leads.StreamArn'],
    ['quarantine', 'Quarantine.StreamArn'],
    ['deliveries', 'Deliveries.StreamArn'],
  ] as const)('reads of the stream of %s what is deployed', (table, arn) => {
    const [mapping] = mappings.filter(({ properties }) => properties.EventSourceArn === arn);
    const filters = mapping?.properties.FilterCriteria?.Filters.map(({ Pattern }) => JSON.parse(Pattern));
    expect(filters).toEqual(streamFilters[table]);
  });
});
