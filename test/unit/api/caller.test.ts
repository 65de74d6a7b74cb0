import { describe, expect, it } from 'vitest';
import { type Caller, callerId, identifyCaller, nameCaller } from '../../../shared/api/caller.ts';

const person = (more: object) => identifyCaller({ jwt: { claims: { sub: 'u-1', ...more } } });

describe('the name of a person', () => {
  it.each([
    ['is the e-mail address', { email: 'jane@example.com' }, 'jane@example.com'],
    [
      'is the e-mail address that was checked',
      { email: 'jane@example.com', email_verified: 'true' },
      'jane@example.com',
    ],
    ['is no address that nobody has checked', { email: 'jane@example.com', email_verified: 'false' }, 'u-1'],
    ['is no address that nobody has checked', { email: 'jane@example.com', email_verified: false }, 'u-1'],
    ['is the subject if there is no address', {}, 'u-1'],
    ['is the subject if the address is too long', { email: 'x'.repeat(129) }, 'u-1'],
  ])('%s: %j', (_what, given, name) => {
    expect(person(given)).toMatchObject({ name, subject: 'u-1' });
  });

  it('is nobody without a subject', () => {
    expect(identifyCaller({ jwt: { claims: { email: 'jane@example.com' } } })).toBeUndefined();
  });
});

describe('a service', () => {
  it('is known by its ARN, which is long for a session of a role', () => {
    const userArn = `arn:aws:sts::123456789012:assumed-role/${'r'.repeat(64)}/${'s'.repeat(64)}`;
    const caller = identifyCaller({ iam: { userArn } });
    expect(caller).toEqual({ kind: 'service', arn: userArn });
    expect(caller && callerId(caller)).toBe(`service ${userArn}`);
  });

  it('is nobody without one', () => {
    for (const iam of [{}, { userArn: null }, { userArn: '' }, { userArn: 'x'.repeat(2_049) }])
      expect(identifyCaller({ iam })).toBeUndefined();
  });

  it('never shares its name with a person', () => {
    const arn = 'arn:aws:iam::123456789012:user/a';
    const ids = [identifyCaller({ iam: { userArn: arn } }), person({ sub: arn })].map(
      (caller) => caller && callerId(caller),
    );
    expect(new Set(ids).size).toBe(2);
  });
});

describe('the name that events and steps have', () => {
  const session = (name: string): Caller => ({
    kind: 'service',
    arn: `arn:aws:sts::123456789012:assumed-role/${'r'.repeat(64)}/${name}`,
  });

  it('is the ARN of a service, or the name of a person', () => {
    expect(nameCaller(session('crm'))).toBe(`arn:aws:sts::123456789012:assumed-role/${'r'.repeat(64)}/crm`);
    expect(nameCaller(person({ email: 'jane@example.com' }) as Caller)).toBe('jane@example.com');
  });

  it('is no longer than an actor may be, and still distinguishes the sessions of a role', () => {
    const names = ['a', 'b'].map((end) => nameCaller(session(`${'s'.repeat(63)}${end}`)));
    expect(new Set(names).size).toBe(2);
    for (const name of names) {
      expect(name).toHaveLength(128);
      expect(name).toMatch(/^arn:aws:sts::123456789012:assumed-role\/r+/);
    }
  });
});
