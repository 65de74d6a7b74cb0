import { parseBusName } from './blueprint.ts';
import type { Denial } from './bus-policy.ts';
import {
  checkRequest,
  type DeliveredEvent,
  EntryRefused,
  envelope,
  formatEvent,
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
  readonly denials: readonly Denial[];
  /** The rules, read again for each event. */
  readonly rules: readonly Rule[];
  /** Called with every accepted event before its targets get it. */
  readonly onEvent?: ((event: DeliveredEvent) => void) | undefined;
  /**
   * Returns the instant of events that come without a time.
   *
   * @default - that of the call
   */
  readonly eventTime?: (() => number) | undefined;
}

const busOf = ({ EventBusName }: PutEventsEntry): string => parseBusName(EventBusName ?? 'default');

/** The event buses of the stack: each accepted event goes to the queues of every rule that it matches. */
export class Bus {
  readonly #props: BusProps;

  constructor(props: BusProps) {
    this.#props = props;
  }

  /**
   * Runs PutEvents. A refused entry doesn't prevent the others from being accepted; one that the policy of its bus
   * denies does.
   *
   * @param caller the ARN of the caller; if it is undefined, no policy is asked
   * @throws ServiceError `ValidationException` or `AccessDeniedException` if the request as a whole is refused
   */
  putEvents(given: unknown, now: number, caller?: string): PutEventsResult {
    const entries = checkRequest(given);
    if (caller !== undefined) this.#checkPolicies(entries, caller);
    const results = entries.map((entry) => {
      try {
        return { EventId: this.#put(entry, now) };
      } catch (error) {
        if (error instanceof EntryRefused) return { ErrorCode: error.code, ErrorMessage: error.message };
        throw error;
      }
    });
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  }

  #checkPolicies(entries: readonly PutEventsEntry[], caller: string): void {
    for (const { bus, check } of this.#props.denials) {
      const onBus = entries.filter((entry) => busOf(entry) === bus);
      const sources = onBus.flatMap(({ Source }) => Source ?? []);
      const types = onBus.flatMap(({ DetailType }) => DetailType ?? []);
      check({ caller, sources, types });
    }
  }

  #put(entry: PutEventsEntry, now: number): string {
    const event = envelope(entry, this.#props.eventTime?.() ?? now, busOf(entry));
    const bus = this.#resolveBus(entry);
    this.#props.onEvent?.(event);
    let body: string | undefined;
    for (const rule of this.#props.rules) {
      if (rule.bus !== bus || !rule.matches(event)) continue;
      body ??= formatEvent(event, entry.Detail ?? '');
      for (const queue of rule.targets) queue.send(body, now);
    }
    return event.id;
  }

  /**
   * Returns the bus of an entry. AWS accepts events for a bus that doesn't exist and drops them; here the sender gets
   * an error.
   */
  #resolveBus(entry: PutEventsEntry): string {
    const name = busOf(entry);
    if (this.#props.buses.includes(name)) return name;
    const allowed = this.#props.buses.join(', ');
    throw new EntryRefused(
      'ResourceNotFoundException',
      `Event bus ${name} does not exist; allowed is ${allowed}.`,
    );
  }
}
