/**
 * Seeds that once met a bug, with the bug: each fails if its fix is reverted. They are run first, and are chosen anew
 * when the load changes, since a seed is another world then.
 */
export const regressions: readonly { readonly seed: number; readonly found: string }[] = [
  {
    seed: 1,
    found:
      'publish-changes could not read merged facts that were deflated: bytes are base64 in a stream event',
  },
  { seed: 14, found: 'the ledger was asked for one key twice in a request' },
  { seed: 41, found: 'an earlier erasure that came late moved the position of a hand-off back' },
  {
    seed: 77,
    found: 'a recorded event that came again in one batch with another one of its id was quarantined',
  },
  {
    seed: 722,
    found:
      'a hand-off of an event of years ago expired at once, and was requested again as of then, without end',
  },
];
