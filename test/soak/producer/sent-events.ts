import { contentIdOf, type Offer } from '../load/offer.ts';

/** An event that was put on the bus, and what the producer knows of it. */
export interface SentEvent {
  readonly offer: Offer;
  readonly contentId: string;
  /** Requests that it was in. */
  tries: number;
  /** Of those, the ones after which PutEvents said that it was taken. */
  acknowledged: number;
}

/** What a producer remembers: each event once, however often it is sent. */
export class SentEvents {
  readonly #events = new Map<string, SentEvent>();
  /** Entries that had to be sent again since nobody said that they were taken. */
  retried = 0;

  /** The same content is the same event. */
  of(offer: Offer): SentEvent {
    const contentId = contentIdOf(offer.entry);
    const known = this.#events.get(contentId);
    if (known !== undefined) return known;
    const event: SentEvent = { offer, contentId, tries: 0, acknowledged: 0 };
    this.#events.set(contentId, event);
    return event;
  }

  all(): readonly SentEvent[] {
    return [...this.#events.values()];
  }

  get distinct(): number {
    return this.#events.size;
  }

  get tries(): number {
    return this.all().reduce((sum, { tries }) => sum + tries, 0);
  }

  get acknowledged(): number {
    return this.all().reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  }
}
