/** The way in which time passes while events are folded. Instants are milliseconds since 1970. */
export type Passing =
  /** Time passes for a lead by its own events alone. */
  | { readonly kind: 'by-events'; readonly now: number }
  /** All events come now, and then as much time passes as it takes to settle the history among them. */
  | { readonly kind: 'settling'; readonly now: number }
  /** Each event comes at its own instant, history at that of its last event, and time passes until an instant. */
  | { readonly kind: 'until'; readonly until: number; readonly historyAt: number };
