import { describe, expect, it } from 'vitest';
import { hashReference } from '../../../shared/lambda/index.ts';

describe('the reference to an id in logs', () => {
  it('hides the id, and is the same for the same id', () => {
    const reference = hashReference('jane@example.org');
    expect(reference).toMatch(/^[0-9a-f]{12}$/);
    expect(hashReference('jane@example.org')).toBe(reference);
  });

  it('differs from id to id', () => {
    const references = Array.from({ length: 1_000 }, (_, i) => hashReference(`lead-${i}`));
    expect(new Set(references).size).toBe(1_000);
  });
});
