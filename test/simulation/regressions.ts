/** Seeds that once found a bug, and what it was. They are run first. */
export const regressions: readonly { readonly seed: number; readonly found: string }[] = [
  {
    seed: 102,
    found:
      'publish-changes could not read merged facts that were deflated: bytes are base64 in a stream event',
  },
  {
    seed: 134,
    found: 'a recorded event that came again in one batch with another one of its id was quarantined',
  },
  {
    seed: 100,
    found: 'of an erased lead two events of one id, in one batch, put the second into the quarantine',
  },
];
