import {
  checkRequest,
  type DeliveredEvent,
  EntryRefused,
  envelope,
  type PutEventsEntry,
  type PutEventsResult,
} from './put-events.ts';
import type { Queue } from './queue.ts';

export interface Rule {
  /** The name of the rule's bus. */
  readonly bus: string;
  readonly matches: (event: unknown) => boolean;
  readonly targets: readonly Queue[];
}

export interface BusProps {
  readonly buses: readonly string[];
  /** The rules, read again for each event. */
  readonly rules: readonly Rule[];
  /** Called with every accepted event before its targets get it. */
  readonly onEvent?: ((event: DeliveredEvent) => void) | undefined;
}

/** The event buses of the stack: each accepted event goes to the queues of every rule that it matches. */
export class Bus {
  readonly #props: BusProps;

  constructor(props: BusProps) {
    this.#props = props;
  }

  /**
   * Runs PutEvents. A refused entry doesn't prevent the others from being accepted.
   *
   * @throws ServiceError `ValidationException` if the request as a whole is refused
   */
  putEvents(entries: unknown, now: number): PutEventsResult {
    const results = checkRequest(entries).map((entry) => {
      try {
        return { EventId: this.#put(entry, now) };
      } catch (error) {
        if (error instanceof EntryRefused) return { ErrorCode: error.code, ErrorMessage: error.message };
        throw error;
      }
    });
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  }

  #put(entry: PutEventsEntry, now: number): string {
    const event = envelope(entry, now);
    const bus = this.#resolveBus(entry);
    this.#props.onEvent?.(event);
    let body: string | undefined;
    for (const rule of this.#props.rules) {
      if (rule.bus !== bus || !rule.matches(event)) continue;
      body ??= JSON.stringify(event);
      for (const queue of rule.targets) queue.send(body, now);
    }
    return event.id;
  }

  /**
   * Returns the bus of an entry. AWS accepts events for a bus that doesn't exist and drops them; here the sender gets
   * an error.
   */
  #resolveBus(entry: PutEventsEntry): string {
    const name = (entry.EventBusName ?? 'default').replace(/^arn:.*:event-bus\//, '');
    if (this.#props.buses.includes(name)) return name;
    const allowed = this.#props.buses.join(', ');
    throw new EntryRefused(
      'ResourceNotFoundException',
      `Event bus ${name} does not exist; allowed is ${allowed}.`,
    );
  }
}
