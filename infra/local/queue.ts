import { randomUUID } from 'node:crypto';

export interface QueueProps {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutMs: number;
  readonly delayMs?: number;
  readonly redrive?: { readonly maxReceiveCount: number; readonly deadLetters: Queue };
}

export interface Message {
  readonly messageId: string;
  readonly body: string;
  readonly sentAt: number;
  /** What it takes inside an invocation's JSON payload. */
  readonly bytes: number;
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

interface Entry extends Message {
  receiveCount: number;
  firstReceivedAt: number;
  receiptHandle: string | undefined;
  visibleAt: number;
}

/** Handle, attributes and names around each body in Lambda's SQS event. */
const envelopeBytes = 1_024;

/** A standard SQS queue in memory. Time is handed in, in milliseconds, so that tests own the clock. */
export class Queue {
  readonly props: QueueProps;
  readonly #visible = new Map<string, Entry>();
  readonly #hidden = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();

  constructor(props: QueueProps) {
    this.props = props;
  }

  /** Calls the listener after each message that is sent. */
  onSend(listener: () => void): void {
    this.#listeners.add(listener);
  }

  send(body: string, now: number): string {
    const messageId = randomUUID();
    const bytes = Buffer.byteLength(JSON.stringify(body)) + envelopeBytes;
    this.#accept({ messageId, body, sentAt: now, bytes }, now);
    return messageId;
  }

  /** Takes visible messages, at most `max` and `maxBytes`, and hides them for the visibility timeout. */
  receive(max: number, maxBytes: number, now: number): ReceivedMessage[] {
    this.#reveal(now);
    const received: ReceivedMessage[] = [];
    let room = maxBytes;
    for (const entry of this.#visible.values()) {
      if (received.length >= max) break;
      if (this.#redrive(entry, now)) continue;
      if (entry.bytes > room) break;
      room -= entry.bytes;
      received.push(this.#hide(entry, now));
    }
    return received;
  }

  /** A handle that a later receive has replaced deletes nothing. */
  delete(receiptHandle: string): void {
    const entry = this.#held(receiptHandle);
    if (entry !== undefined) this.#hidden.delete(entry.messageId);
  }

  changeVisibility(receiptHandle: string, timeoutMs: number, now: number): void {
    const entry = this.#held(receiptHandle);
    if (entry !== undefined) entry.visibleAt = now + timeoutMs;
  }

  /** When the next hidden message becomes visible, if any is hidden. */
  nextVisibleAt(): number | undefined {
    let next: number | undefined;
    for (const { visibleAt } of this.#hidden.values()) next = Math.min(next ?? visibleAt, visibleAt);
    return next;
  }

  depth(): QueueDepth {
    let delayed = 0;
    for (const entry of this.#hidden.values()) if (entry.receiptHandle === undefined) delayed += 1;
    return { visible: this.#visible.size, inFlight: this.#hidden.size - delayed, delayed };
  }

  isEmpty(): boolean {
    return this.#visible.size + this.#hidden.size === 0;
  }

  /** Every message, without receiving it. */
  messages(): Message[] {
    return [...this.#visible.values(), ...this.#hidden.values()].map(
      ({ messageId, body, sentAt, bytes }) => ({
        messageId,
        body,
        sentAt,
        bytes,
      }),
    );
  }

  #accept(message: Message, now: number): void {
    const visibleAt = now + (this.props.delayMs ?? 0);
    const entry: Entry = {
      ...message,
      receiveCount: 0,
      firstReceivedAt: 0,
      receiptHandle: undefined,
      visibleAt,
    };
    (visibleAt > now ? this.#hidden : this.#visible).set(entry.messageId, entry);
    for (const listener of this.#listeners) listener();
  }

  #reveal(now: number): void {
    for (const entry of this.#hidden.values()) {
      if (entry.visibleAt > now) continue;
      this.#hidden.delete(entry.messageId);
      this.#visible.set(entry.messageId, entry);
    }
  }

  #hide(entry: Entry, now: number): ReceivedMessage {
    this.#visible.delete(entry.messageId);
    this.#hidden.set(entry.messageId, entry);
    const receiptHandle = `${entry.messageId}#${entry.receiveCount + 1}`;
    entry.receiptHandle = receiptHandle;
    entry.receiveCount += 1;
    entry.firstReceivedAt ||= now;
    entry.visibleAt = now + this.props.visibilityTimeoutMs;
    return { ...entry, receiptHandle };
  }

  /** As on SQS the move happens when a receive would exceed the count, and the message keeps its id. */
  #redrive(entry: Entry, now: number): boolean {
    const { redrive } = this.props;
    if (redrive === undefined || entry.receiveCount < redrive.maxReceiveCount) return false;
    this.#visible.delete(entry.messageId);
    const { messageId, body, sentAt, bytes } = entry;
    redrive.deadLetters.#accept({ messageId, body, sentAt, bytes }, now);
    return true;
  }

  #held(receiptHandle: string): Entry | undefined {
    const entry = this.#hidden.get(receiptHandle.slice(0, receiptHandle.lastIndexOf('#')));
    return entry?.receiptHandle === receiptHandle ? entry : undefined;
  }
}
