import type { Verdicts } from '../ruler/ruler.ts';

export interface KnownDifference {
  readonly what: string;
  readonly pattern: unknown;
  readonly event: unknown;
  readonly ruler: Verdicts;
  readonly ours: Verdicts;
}

/** The differences from AWS's matcher that are intended. None of them affects a pattern that the app deploys. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    what: 'a block of IPv4 addresses takes no IPv6 address; theirs compares the digits from the left',
    pattern: { address: [{ cidr: '0.0.0.0/0' }] },
    event: { address: '2001:db8::5' },
    ruler: [true],
    ours: [false],
  },
  {
    what: '`exactly` is refused: EventBridge does not document it',
    pattern: { name: [{ exactly: 'a' }] },
    event: { name: 'a' },
    ruler: [true],
    ours: undefined,
  },
  {
    what: 'a character beyond the Basic Multilingual Plane is itself without case; theirs takes it for nothing',
    pattern: { name: [{ 'equals-ignore-case': '𐐀' }] },
    event: { name: '𐐀' },
    ruler: [false],
    ours: [true],
  },
  {
    what: '`anything-but` with an operator and no text is refused; theirs takes it beside another value',
    pattern: { name: ['a', { 'anything-but': { prefix: [] } }] },
    event: { name: 'b' },
    ruler: [false],
    ours: undefined,
  },
  {
    what: 'alternatives of a field are independent; theirs lets a wildcard and equals-ignore-case take anything',
    pattern: { name: [{ wildcard: '*x*' }, { 'equals-ignore-case': 'b' }] },
    event: { name: 'c' },
    ruler: [true],
    ours: [false],
  },
  {
    what: 'a text that is empty begins with nothing; theirs takes the quotation marks around it for a part of it',
    pattern: { name: [{ prefix: '"' }] },
    event: { name: '' },
    ruler: [true],
    ours: [false],
  },
];
