import { randomUUID } from 'node:crypto';

export interface QueueProps {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutMs: number;
  readonly delayMs?: number;
  /** The longest time that a message waits which asks for a delay of its own. @default what it asks for */
  readonly longestDelayMs?: number;
  readonly redrive?: { readonly maxReceiveCount: number; readonly deadLetters: Queue };
  /** Stores the messages beyond this process. */
  readonly journal?: QueueJournal | undefined;
}

export interface QueueJournal {
  /** Returns the messages of earlier processes, in the order in which they were added. */
  readonly messages: () => readonly Message[];
  readonly add: (message: Message) => void;
  readonly remove: (messageId: string) => void;
}

/** An attribute in the form of SQS's wire protocol: `DataType`, and `StringValue` or `BinaryValue` in base64. */
interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: string | undefined;
}
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export interface Message {
  readonly messageId: string;
  readonly body: string;
  readonly sentAt: number;
  /** The size inside an invocation's JSON payload. */
  readonly bytes: number;
  readonly attributes?: MessageAttributes | undefined;
}

export interface ReceivedMessage extends Message {
  readonly receiptHandle: string;
  readonly receiveCount: number;
  readonly firstReceivedAt: number;
}

export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

interface HeldMessage extends Message {
  receiveCount: number;
  firstReceivedAt: number;
  receiptHandle: string | undefined;
  visibleAt: number;
}

/** The size of handle, attributes and names around each body in Lambda's SQS event. */
const envelopeBytes = 1_024;

const copyMessage = ({ messageId, body, sentAt, bytes, attributes }: Message): Message => ({
  messageId,
  body,
  sentAt,
  bytes,
  ...(attributes && { attributes }),
});

/** A standard SQS queue in memory. The caller passes the time, in milliseconds, so that tests own the clock. */
export class Queue {
  readonly props: QueueProps;
  readonly #visible = new Map<string, HeldMessage>();
  readonly #hidden = new Map<string, HeldMessage>();
  readonly #listeners = new Set<() => void>();

  constructor(props: QueueProps) {
    this.props = props;
    for (const message of props.journal?.messages() ?? []) this.#insert(message, 0, 0);
  }

  /** Calls the listener after each message that is sent, and when messages that another receiver holds will return. */
  onSend(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /**
   * Adds a message, and returns its id.
   *
   * @param delayMs the time that it waits before it is delivered, in place of the queue's
   */
  send(body: string, now: number, attributes?: MessageAttributes, delayMs?: number): string {
    const { longestDelayMs = Number.POSITIVE_INFINITY } = this.props;
    const messageId = randomUUID();
    const bytes = Buffer.byteLength(JSON.stringify([body, attributes])) + envelopeBytes;
    const ownDelay = delayMs === undefined ? undefined : Math.min(delayMs, longestDelayMs);
    this.#accept(copyMessage({ messageId, body, sentAt: now, bytes, attributes }), now, ownDelay);
    return messageId;
  }

  /** Takes visible messages, at most `max` and `maxBytes`, and hides them for the visibility timeout. */
  receive(
    max: number,
    maxBytes: number,
    now: number,
    visibilityTimeoutMs = this.props.visibilityTimeoutMs,
  ): ReceivedMessage[] {
    this.#reveal(now);
    const received: ReceivedMessage[] = [];
    let room = maxBytes;
    for (const entry of this.#visible.values()) {
      if (received.length >= max) break;
      if (this.#redrive(entry, now)) continue;
      if (entry.bytes > room) break;
      room -= entry.bytes;
      received.push(this.#hide(entry, now, now + visibilityTimeoutMs));
    }
    return received;
  }

  /** Deletes a message. A handle that a later receive has replaced deletes nothing. */
  delete(receiptHandle: string): void {
    const entry = this.#held(receiptHandle);
    if (entry !== undefined) this.#forget(entry);
  }

  changeVisibility(receiptHandle: string, timeoutMs: number, now: number): void {
    const entry = this.#held(receiptHandle);
    if (entry !== undefined) entry.visibleAt = now + timeoutMs;
  }

  /** Notifies the poller that another receiver has taken messages, so that it learns when they return. */
  wake(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Returns the instant at which the next hidden message becomes visible, if any is hidden. */
  nextVisibleAt(): number | undefined {
    let next: number | undefined;
    for (const { visibleAt } of this.#hidden.values()) next = Math.min(next ?? visibleAt, visibleAt);
    return next;
  }

  /**
   * Counts the messages by state.
   *
   * @param now counts as visible what a receive would get at this time; without it, what a receive has been able to get
   * so far
   */
  depth(now = -Infinity): QueueDepth {
    const depth = { visible: this.#visible.size, inFlight: 0, delayed: 0 };
    for (const { receiptHandle, visibleAt } of this.#hidden.values()) {
      if (visibleAt <= now) depth.visible += 1;
      else depth[receiptHandle === undefined ? 'delayed' : 'inFlight'] += 1;
    }
    return depth;
  }

  isEmpty(): boolean {
    return this.#visible.size + this.#hidden.size === 0;
  }

  /** Returns every message, without receiving it. */
  messages(): Message[] {
    return [...this.#visible.values(), ...this.#hidden.values()].map(copyMessage);
  }

  #accept(message: Message, now: number, delayMs = this.props.delayMs ?? 0): void {
    this.props.journal?.add(message);
    this.#insert(message, now + delayMs, now);
    this.wake();
  }

  #insert(message: Message, visibleAt: number, now: number): void {
    const entry: HeldMessage = {
      ...message,
      receiveCount: 0,
      firstReceivedAt: 0,
      receiptHandle: undefined,
      visibleAt,
    };
    (visibleAt > now ? this.#hidden : this.#visible).set(entry.messageId, entry);
  }

  #forget({ messageId }: HeldMessage): void {
    this.#visible.delete(messageId);
    this.#hidden.delete(messageId);
    this.props.journal?.remove(messageId);
  }

  #reveal(now: number): void {
    for (const entry of this.#hidden.values()) {
      if (entry.visibleAt > now) continue;
      this.#hidden.delete(entry.messageId);
      this.#visible.set(entry.messageId, entry);
    }
  }

  #hide(entry: HeldMessage, now: number, visibleAt: number): ReceivedMessage {
    this.#visible.delete(entry.messageId);
    this.#hidden.set(entry.messageId, entry);
    const receiptHandle = `${entry.messageId}#${entry.receiveCount + 1}`;
    entry.receiptHandle = receiptHandle;
    entry.receiveCount += 1;
    entry.firstReceivedAt ||= now;
    entry.visibleAt = visibleAt;
    return { ...entry, receiptHandle };
  }

  /**
   * Moves a message to the dead-letter queue when a receive would exceed the count, as on SQS. The message keeps its
   * id.
   */
  #redrive(entry: HeldMessage, now: number): boolean {
    const { redrive } = this.props;
    if (redrive === undefined || entry.receiveCount < redrive.maxReceiveCount) return false;
    // In this order, a process that ends in between leaves the message in both queues rather than in none.
    redrive.deadLetters.#accept(copyMessage(entry), now);
    this.#forget(entry);
    return true;
  }

  /** Returns the message of a handle, also if it is visible again: nobody else has received it since. */
  #held(receiptHandle: string): HeldMessage | undefined {
    const messageId = receiptHandle.slice(0, receiptHandle.lastIndexOf('#'));
    const entry = this.#hidden.get(messageId) ?? this.#visible.get(messageId);
    return entry?.receiptHandle === receiptHandle ? entry : undefined;
  }
}
