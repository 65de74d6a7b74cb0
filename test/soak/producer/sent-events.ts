import { computeContentId, type Offer } from '../load/offer.ts';

/** An event that was put on the bus, with its requests and answers. */
export interface SentEvent {
  readonly offer: Offer;
  readonly contentId: string;
  /** The number of requests that held it. */
  tries: number;
  /** The number of those requests in which PutEvents accepted it. */
  acknowledged: number;
}

/** The events of a producer: each once, however often it is sent. */
export class SentEvents {
  readonly #events = new Map<string, SentEvent>();
  /** The number of entries that had to be sent again since they were not acknowledged. */
  retried = 0;

  /** Returns the sent event with the content of an offer, a new one if there is none yet. */
  of(offer: Offer): SentEvent {
    const contentId = computeContentId(offer.entry);
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
