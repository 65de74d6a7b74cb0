import { UnknownCallError, type Use } from './use.ts';

interface PutEvents {
  readonly Entries: readonly {
    readonly EventBusName?: string;
    readonly Source: string;
    readonly DetailType: string;
  }[];
}

/** Returns a right for each bus, with the context of all entries for it. */
const putEvents = ({ Entries }: PutEvents): Use[] =>
  [...Map.groupBy(Entries, ({ EventBusName = 'default' }) => EventBusName)].map(([bus, entries]) => ({
    action: 'events:PutEvents',
    resource: `events:event-bus/${bus.replace(/^arn:.*:event-bus\//, '')}`,
    context: {
      'events:source': entries.map(({ Source }) => Source),
      'events:detail-type': entries.map(({ DetailType }) => DetailType),
    },
  }));

/** Returns the rights that a request of EventBridge needs. @throws UnknownCallError */
export const eventsUses = (operation: string, body: Buffer): Use[] => {
  if (operation === 'PutEvents') return putEvents(JSON.parse(body.toString('utf8')));
  throw new UnknownCallError(`EventBridge's ${operation}`, ['PutEvents']);
};
