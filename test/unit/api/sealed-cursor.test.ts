import { describe, expect, it } from 'vitest';
import { apiLimits } from '../../../events/api/index.ts';
import { type CursorProps, openCursor, sealCursor } from '../../../shared/api/sealed-cursor.ts';
import { now } from '../../support/events.ts';

const props: CursorProps = { secret: Buffer.alloc(32, 7), now, query: ['listLeads', { tier: 'good' }] };
const position = { pk: 'LEAD#jane@example.com', score: [1, null, 'x'] };

const refused = {
  type: 'invalid-cursor',
  errors: [{ path: 'query.cursor', allowed: 'the cursor of an answer to the same query, as it was given' }],
};
const opening = (given: string, other: Partial<CursorProps> = {}) => {
  try {
    return openCursor({ ...props, ...other }, given);
  } catch (error) {
    return error;
  }
};

describe('a cursor', () => {
  it('opens with the position that was sealed', () => {
    for (const given of [position, null, 0, '', ['a'], {}])
      expect(openCursor(props, sealCursor(props, given))).toEqual(given);
  });

  it('is text that fits a query, and tells nobody the position', () => {
    const sealed = sealCursor(props, position);
    expect(sealed).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(sealed.length).toBeLessThan(apiLimits.cursorLength);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('LEAD');
  });

  it('is another one each time', () => {
    expect(sealCursor(props, position)).not.toBe(sealCursor(props, position));
  });

  it('is refused if any bit of it was changed', () => {
    const bytes = Buffer.from(sealCursor(props, position), 'base64url');
    for (let i = 0; i < bytes.length * 8; i++) {
      const changed = Buffer.from(bytes);
      changed[i >> 3] = (changed[i >> 3] ?? 0) ^ (1 << (i & 7));
      expect(opening(changed.toString('base64url'))).toMatchObject(refused);
    }
  });

  it('is refused if it was cut or continued', () => {
    const bytes = Buffer.from(sealCursor(props, position), 'base64url');
    for (let length = 0; length < bytes.length; length++)
      expect(opening(bytes.subarray(0, length).toString('base64url'))).toMatchObject(refused);
    expect(opening(Buffer.concat([bytes, Buffer.of(0)]).toString('base64url'))).toMatchObject(refused);
  });

  it('is refused for another query: operation or filters', () => {
    const sealed = sealCursor(props, position);
    for (const query of [
      ['listHandoffs', { tier: 'good' }],
      ['listLeads', { tier: 'none' }],
      ['listLeads'],
      [],
    ])
      expect(opening(sealed, { query })).toMatchObject(refused);
  });

  it('is refused with another secret', () => {
    expect(opening(sealCursor(props, position), { secret: Buffer.alloc(32, 8) })).toMatchObject(refused);
  });

  it('is valid for a day, and refused after that', () => {
    const sealed = sealCursor(props, position);
    expect(opening(sealed, { now: now + apiLimits.cursorMs })).toEqual(position);
    expect(opening(sealed, { now: now + apiLimits.cursorMs + 1 })).toMatchObject({
      type: 'invalid-cursor',
      errors: [{ allowed: 'a cursor of the last 24 hours' }],
    });
  });

  it('is refused if it is none', () => {
    for (const given of ['', 'x', '%', 'null', 'x'.repeat(apiLimits.cursorLength)])
      expect(opening(given)).toMatchObject(refused);
  });
});
