import { setTimeout as sleep } from 'node:timers/promises';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Load } from '../load/load.ts';
import type { Offer } from '../load/offer.ts';
import { computePace } from '../load/pace.ts';
import { watchEnding } from '../run.ts';
import { putEvents } from './put-events.ts';
import type { SentEvent, SentEvents } from './sent-events.ts';

export interface ProducerProps {
  readonly bus: EventBridgeClient;
  readonly busName: string;
  readonly load: Load;
  /** Events a second, on average. */
  readonly rate: number;
  readonly sent: SentEvents;
  readonly whenUp: () => Promise<void>;
  readonly signal: AbortSignal;
}

const tickMs = 50;
/** The most entries that one PutEvents request takes. */
const mostEntries = 10;
const requestsAtOnce = 3;

/**
 * A producer that puts the load on the bus at its pace, whether or not the stack keeps up or is running at all. Events
 * that are not acknowledged wait, and are sent again.
 */
export class Producer {
  readonly #props: ProducerProps;
  readonly #outbox: SentEvent[] = [];
  #inFlight = 0;
  #isOver = false;
  #mostWaiting = 0;

  constructor(props: ProducerProps) {
    this.#props = props;
  }

  /** The most events that waited to be sent. */
  get mostWaiting(): number {
    return this.#mostWaiting;
  }

  /** Sends until the load is over and all of it is acknowledged. */
  async run(until: Promise<unknown>): Promise<void> {
    const senders = Array.from({ length: requestsAtOnce }, () => this.#send());
    await Promise.all([this.#feed(until), ...senders]);
  }

  /** Puts one event in front of all others. */
  hurry(offer: Offer): void {
    this.#outbox.unshift(this.#props.sent.of(offer));
  }

  async #feed(until: Promise<unknown>): Promise<void> {
    const { load, rate, signal } = this.#props;
    const isOver = watchEnding(until);
    const beganAt = Date.now();
    let [last, due] = [beganAt, 0];
    while (!isOver()) {
      await sleep(tickMs, undefined, { signal });
      const now = Date.now();
      due += (computePace(rate, (now - beganAt) / 1_000) * (now - last)) / 1_000;
      last = now;
      for (; due >= 1; due--) this.#offer(load.next());
    }
    for (const offer of load.rest()) this.#offer(offer);
    this.#isOver = true;
  }

  #offer(offer: Offer): void {
    this.#outbox.push(this.#props.sent.of(offer));
    this.#mostWaiting = Math.max(this.#mostWaiting, this.#outbox.length);
  }

  async #send(): Promise<void> {
    const { bus, busName, sent, whenUp, signal } = this.#props;
    while (!this.#isOver || this.#outbox.length + this.#inFlight > 0) {
      signal.throwIfAborted();
      const events = this.#outbox.splice(0, mostEntries);
      if (events.length === 0) {
        await sleep(tickMs, undefined, { signal });
        continue;
      }
      this.#inFlight += events.length;
      const unacknowledged = await putEvents(bus, busName, events);
      this.#inFlight -= events.length;
      this.#outbox.unshift(...unacknowledged);
      sent.retried += unacknowledged.length;
      if (unacknowledged.length > 0) await Promise.race([whenUp(), aborted(signal)]);
    }
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
