import { describe, expect, it, vi } from 'vitest';
import { addIdentity } from '../../../cli/commands/identity.ts';
import { withConnection } from '../../../cli/stack/connect.ts';
import { createIdentityWorld, testKey } from '../../support/identity-world.ts';
import { runCommand } from '../../support/run-command.ts';

vi.mock('../../../cli/stack/connect.ts', async (original) => ({
  ...(await original<object>()),
  withConnection: vi.fn(),
}));

/** Runs the command over identities with one lead, which has an address and an id of HubSpot. */
const find = async (given: string, { mergedInto = '', json = false } = {}) => {
  const world = createIdentityWorld();
  const { leadId } = await world.settle(['hubspot:512', 'email:ada@example.com']);
  if (mergedInto !== '') await world.putState(leadId, 'merged', mergedInto);
  const connection = {
    dynamodb: world.client,
    leadsTable: 'leads',
    output: (name: string) => (name === 'IdentitiesTableName' ? 'identities' : name),
    secretsManager: async () => ({ send: async () => ({ SecretString: testKey }) }),
  };
  vi.mocked(withConnection).mockImplementation(async (_, work) => work(connection as never));
  const ran = await runCommand(addIdentity, 'identity', 'find', ...(json ? ['--json'] : []), '--', given);
  return { ...ran, leadId };
};

describe('sluice identity find', () => {
  it.each(['email=ada@example.com', 'email= Ada@Example.COM', 'hubspot=512'])(
    'prints the lead of %s, and nothing else',
    async (given) => {
      const { stdout, stderr, code, leadId } = await find(given);
      expect({ stdout, stderr, code }).toEqual({ stdout: `${leadId}\n`, stderr: '', code: 0 });
    },
  );

  it('names the survivor of a lead that was merged', async () => {
    const { stdout, stderr, leadId } = await find('hubspot=512', { mergedInto: 'l-1' });
    expect(stdout).toBe('l-1\n');
    expect(stderr).toContain(`It was linked to ${leadId}, which was merged into l-1.`);
  });

  it('says since when it is linked with --json', async () => {
    const { stdout, leadId } = await find('hubspot=512', { json: true });
    expect(JSON.parse(stdout)).toEqual({
      leadId,
      linkedLeadId: leadId,
      anonymous: false,
      linkedAt: '2026-03-01T09:00:00.000Z',
    });
  });

  it('fails for an identifier that no lead has, and does not repeat it', async () => {
    const { code, stdout, stderr } = await find('email=nobody@example.com');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('no lead has this identifier of type email');
    expect(stderr).not.toContain('nobody');
  });

  it.each([
    ['ada@example.com', 'allowed: its type and value, such as email=ada@example.com'],
    ['e mail=a', 'the type "e mail"'],
    ['email=', 'an identifier that is not empty'],
  ])('refuses %s', async (given, problem) => {
    const { code, stderr } = await find(given);
    expect(code).toBe(2);
    expect(stderr).toContain(problem);
  });
});
