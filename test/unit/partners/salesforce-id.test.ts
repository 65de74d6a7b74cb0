import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseSalesforceId } from '../../../shared/partners/index.ts';

/** Pairs that others have published: articles on the conversion, and ids in Salesforce's own documentation. */
const pairs = [
  ['a0D30000001n7Pi', 'a0D30000001n7PiEAI'],
  ['a0RE000000IJmcN', 'a0RE000000IJmcNMAT'],
  ['0019000000B98de', '0019000000B98deAAB'],
  ['500x000000003TR', '500x000000003TRAAY'],
  ['a01M00000062mPg', 'a01M00000062mPgIAI'],
  ['001M000000qfPyS', '001M000000qfPySIAU'],
  ['a0FE000000D6r3F', 'a0FE000000D6r3FMAR'],
  ['0F9E000000092w2', '0F9E000000092w2KAA'],
  ['001RM000004UF9s', '001RM000004UF9sYAG'],
  ['0015f00002JUXA8', '0015f00002JUXA8AAP'],
  ['005RM000001hv4S', '005RM000001hv4SYAQ'],
] as const;

describe('an id of a record in Salesforce', () => {
  it.each(pairs)('is one identifier with 15 and with 18 characters: %s', (short, long) => {
    expect(normaliseSalesforceId(short)).toBe(long);
    expect(normaliseSalesforceId(long)).toBe(long);
  });

  it.each(pairs)('gets its case back if a tool has changed it: %s', (_, long) => {
    expect(normaliseSalesforceId(long.toUpperCase())).toBe(long);
    expect(normaliseSalesforceId(long.toLowerCase())).toBe(long);
  });

  it.each([
    '',
    '001*',
    'ada@example.com',
    '0015f00002JUXA',
    '0015f00002JUXA8AA',
    '0015f00002JUXA8AA9',
    '0015f00002JUXA-AAP',
    // The suffix calls a digit an upper case letter.
    '0015f00002JUXA85AP',
  ])('stays as it is if it is none: %j', (text) => {
    expect(normaliseSalesforceId(text)).toBe(text);
  });

  it('is the same after it was made the same', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{15}([A-Za-z0-5]{3})?$/), (id) => {
        const once = normaliseSalesforceId(id);
        expect(normaliseSalesforceId(once)).toBe(once);
      }),
    );
  });

  it('differs from another one that differs in case', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9]{15}$/),
        fc.stringMatching(/^[A-Za-z0-9]{15}$/),
        (a, b) => (normaliseSalesforceId(a) === normaliseSalesforceId(b)) === (a === b),
      ),
    );
  });
});
