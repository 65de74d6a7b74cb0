import { EventBridgeClient, type PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { busStrike } from '../faults/bus-faults.ts';
import type { Faults } from '../faults/faults.ts';
import type { Actor } from '../scheduler/actor.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Strike } from '../scheduler/strike.ts';
import type { Queue } from './queue.ts';

/** An event as the target of a rule receives it. */
export interface DeliveredEvent {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly time: string;
  readonly detail: {
    readonly metadata: { readonly eventId: string; readonly occurredAt: string };
    readonly data: Readonly<Record<string, unknown>>;
  };
  readonly 'replay-name'?: string;
}

interface Rule {
  readonly matches: (event: unknown) => boolean;
  readonly queue: Queue;
}

/** An event as it is put on the bus. */
export interface PutEntry {
  readonly Source?: string | undefined;
  readonly DetailType?: string | undefined;
  readonly Time?: Date | undefined;
  readonly Detail?: string | undefined;
}

export interface BusProps {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly rules: readonly Rule[];
  /** Called with every event that the bus accepts. */
  readonly onEvent: (event: DeliveredEvent) => void;
  /** Changes entries on their way to the bus. */
  readonly tamper?: ((entry: PutEntry) => PutEntry) | undefined;
}

const mostCopies = 5;

/** The event bus with its rules and its archive of all events. */
export class Bus {
  readonly #props: BusProps;
  #count = 0;

  readonly archive: DeliveredEvent[] = [];

  constructor(props: BusProps) {
    this.#props = props;
  }

  /** Creates a client for one caller. Each call waits for its turn, and may fail as a whole or for single entries. */
  client(actor: Actor, strike: (faults: Faults) => Strike | undefined = busStrike): EventBridgeClient {
    const { scheduler, faults } = this.#props;
    const send = (command: PutEventsCommand) =>
      scheduler.call({
        actor,
        name: () =>
          `PutEvents ${(command.input.Entries ?? []).map(({ DetailType }) => DetailType).join(', ')}`,
        perform: () => this.#put(command, actor),
        strike: () => strike(faults),
      });
    return Object.create(EventBridgeClient.prototype, { send: { value: send } });
  }

  /** Puts all events of the archive on the bus again, marked as AWS marks them. */
  replay(name: string): void {
    for (const event of this.archive) this.#deliver({ ...event, 'replay-name': name });
  }

  #put({ input: { Entries = [] } }: PutEventsCommand, actor: Actor): object {
    const { faults } = this.#props;
    const answers = Entries.map((given) => {
      const entry = this.#props.tamper?.(given) ?? given;
      if (faults.strikes('refusedEntry')) {
        actor.strikes++;
        return { ErrorCode: 'InternalFailure', ErrorMessage: 'injected' };
      }
      const id = `bus-${++this.#count}`;
      this.#accept({
        id,
        source: entry.Source ?? '',
        'detail-type': entry.DetailType ?? '',
        time: (entry.Time ?? new Date(0)).toISOString(),
        detail: JSON.parse(entry.Detail ?? '{}'),
      });
      return { EventId: id };
    });
    return { FailedEntryCount: answers.filter(({ ErrorCode }) => ErrorCode).length, Entries: answers };
  }

  #accept(event: DeliveredEvent): void {
    this.archive.push(event);
    this.#props.onEvent(event);
    this.#deliver(event);
  }

  #deliver(event: DeliveredEvent): void {
    const { scheduler, rules, faults } = this.#props;
    let body: string | undefined;
    for (const { matches, queue } of rules) {
      if (!matches(event)) continue;
      body ??= JSON.stringify({
        version: '0',
        account: '000000000000',
        region: 'eu-central-1',
        resources: [],
        ...event,
      });
      const text = body;
      let copies = 1;
      while (copies < mostCopies && faults.strikes('duplicate')) copies++;
      for (let copy = 0; copy < copies; copy++) {
        scheduler.offer(
          () => `delivers ${event['detail-type']} ${event.detail.metadata.eventId} to ${queue.name}`,
          () => queue.send(text),
        );
      }
    }
  }
}
