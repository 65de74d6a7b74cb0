import type { IConstruct } from 'constructs';
import { HttpDoor } from '../http-door.ts';
import { SluiceFunction } from '../sluice-function.ts';
import { StreamFunction } from '../stream-function.ts';
import { SubscribedQueue } from '../subscribed-queue.ts';
import type { IndexedTable } from '../table-alarms.ts';

/** The resources that the dashboard shows. */
export interface Watched {
  readonly functions: readonly SluiceFunction[];
  readonly streams: readonly StreamFunction[];
  readonly queues: readonly { readonly name: string; readonly subscribed: SubscribedQueue }[];
  readonly doors: readonly HttpDoor[];
  readonly tables: Readonly<Record<string, IndexedTable>>;
}

/**
 * Returns all functions and queues below a construct. A resource that is added to the stack is on the dashboard without
 * further work.
 */
export const watchedBelow = (scope: IConstruct, tables: Watched['tables']): Watched => {
  const all = scope.node.findAll();
  return {
    functions: all.filter((node) => node instanceof SluiceFunction),
    streams: all.filter((node) => node instanceof StreamFunction),
    queues: all
      .filter((node) => node instanceof SubscribedQueue)
      .map((subscribed) => ({ name: subscribed.node.scope?.node.id ?? subscribed.node.id, subscribed })),
    doors: all.filter((node) => node instanceof HttpDoor),
    tables,
  };
};
