import type { SQSEvent } from 'aws-lambda';
import type { Faults } from '../faults/faults.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';

export interface Message {
  readonly messageId: string;
  readonly body: string;
  receiveCount: number;
}

export interface QueueProps {
  readonly name: string;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly visibilityMs: number;
  readonly maxReceiveCount: number;
  readonly delayMs: number;
}

/**
 * A standard queue: messages are handed out in any order, at least once, and hidden while a function works on them. A
 * message that was received too often becomes a dead letter.
 */
export class Queue {
  readonly name: string;
  readonly #props: QueueProps;
  readonly #visible: Message[] = [];
  /** The hidden messages, by id. */
  readonly #hidden = new Map<string, Message>();
  #count = 0;

  readonly deadLetters: Message[] = [];
  /** Called when there is a message to receive. */
  onVisible: () => void = () => {};

  constructor(props: QueueProps) {
    this.#props = props;
    this.name = props.name;
  }

  get visible(): number {
    return this.#visible.length;
  }

  /** @param delayMs that of the message, in place of the queue's own */
  send(body: string, delayMs = this.#props.delayMs): void {
    const { scheduler } = this.#props;
    const message = { messageId: `${this.name}-${++this.#count}`, body, receiveCount: 0 };
    if (delayMs === 0) {
      this.#show(message);
      return;
    }
    this.#hidden.set(message.messageId, message);
    scheduler.after(delayMs, () => this.#return(message.messageId, message));
  }

  /** Receives random messages, and hides them for a while. */
  receive(most: number): Message[] {
    const { scheduler, faults, visibilityMs } = this.#props;
    const batch: Message[] = [];
    while (this.#visible.length > 0 && batch.length < most) {
      const [message] = this.#visible.splice(faults.random.between(0, this.#visible.length - 1), 1);
      if (message === undefined || this.#isGivenUp(message)) continue;
      message.receiveCount++;
      batch.push(message);
      this.#hidden.set(message.messageId, message);
      scheduler.after(visibilityMs, () => this.#return(message.messageId, message));
    }
    // A batch of Lambda holds a message only once; a later batch gets it again.
    for (const message of batch) if (faults.strikes('redelivery')) this.#show({ ...message });
    return batch;
  }

  delete({ messageId }: Message): void {
    if (!this.#props.faults.strikes('undeleted')) this.#hidden.delete(messageId);
  }

  /** Moves dead letters back to the queue. Returns how many there were. */
  redrive(): number {
    const letters = this.deadLetters.splice(0);
    for (const letter of letters) this.#show({ ...letter, receiveCount: 0 });
    return letters.length;
  }

  /** Returns the bodies of all other messages. */
  bodiesBut(message: Message): string[] {
    return [...this.#visible, ...this.#hidden.values(), ...this.deadLetters]
      .filter((other) => other !== message)
      .map(({ body }) => body);
  }

  /** The number of visible and hidden messages. */
  get depth(): number {
    return this.#visible.length + this.#hidden.size;
  }

  #isGivenUp(message: Message): boolean {
    if (message.receiveCount < this.#props.maxReceiveCount) return false;
    this.deadLetters.push(message);
    return true;
  }

  #return(messageId: string, message: Message): void {
    if (this.#hidden.get(messageId) !== message) return;
    this.#hidden.delete(messageId);
    this.#show(message);
  }

  #show(message: Message): void {
    this.#visible.push(message);
    this.onVisible();
  }
}

/** Returns the event that Lambda creates from a batch. */
export const queueEvent = (batch: readonly Message[]): SQSEvent =>
  ({
    Records: batch.map(({ messageId, body, receiveCount }) => ({
      messageId,
      body,
      attributes: { ApproximateReceiveCount: String(receiveCount) },
    })),
  }) as SQSEvent;
