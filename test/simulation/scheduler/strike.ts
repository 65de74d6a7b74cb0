/** What a fault does to one call of a service. */
export type Strike =
  /** The service doesn't take it, and says so. */
  | { readonly kind: 'refused'; readonly fault: string; readonly error: () => Error }
  /** The service carries it out, and the answer is lost. */
  | { readonly kind: 'lost'; readonly fault: string; readonly error: () => Error }
  /** Who called is killed, before the service hears of it or after it was carried out. */
  | { readonly kind: 'crash'; readonly fault: string; readonly when: 'before' | 'after' };
