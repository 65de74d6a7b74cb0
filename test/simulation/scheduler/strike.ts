/** The effect of a fault on one call of a service. */
export type Strike =
  /** The service refuses the call with an error. */
  | { readonly kind: 'refused'; readonly fault: string; readonly error: () => Error }
  /** The service carries out the call, and the answer is lost. */
  | { readonly kind: 'lost'; readonly fault: string; readonly error: () => Error }
  /** The caller is killed, before the service gets the call or after it was carried out. */
  | { readonly kind: 'crash'; readonly fault: string; readonly when: 'before' | 'after' };
