import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, vi } from 'vitest';
import { addDeliveries } from '../../../cli/commands/deliveries.ts';
import { addSource } from '../../../cli/commands/source.ts';
import { withConnection } from '../../../cli/stack/connect.ts';
import { runCommand } from '../../support/run-command.ts';
import { temporaryFiles } from '../../support/temporary-files.ts';

vi.mock('../../../cli/stack/connect.ts', async (original) => ({
  ...(await original<object>()),
  withConnection: vi.fn(),
}));

const { folder, inFolder } = temporaryFiles();

/** Connects commands to a stack with secrets, which names its folders by outputs. */
const connect = (outputs: Readonly<Record<string, string>>): void => {
  const send = async (command: unknown) => {
    expect(command).toBeInstanceOf(GetSecretValueCommand);
    return { SecretString: '{"shop":["secret-of-shop"],"hubspot":["secret-of-hubspot"]}' };
  };
  const connection = { secretsManager: async () => ({ send }), output: () => 'arn', outputs };
  vi.mocked(withConnection).mockImplementation(async (_, work) => work(connection as never));
};

describe('the secret of a source', () => {
  inFolder(
    'shop.json',
    JSON.stringify({
      name: 'shop',
      kind: 'typeform',
      owner: 'Marketing operations',
      mapping: {
        identity: { identifiers: [{ type: 'email', path: 'email' }] },
        events: [{ type: 'LeadActivityRecorded', activity: { fixed: 'demo_requested' } }],
      },
    }),
  );

  it('is found by the folder with which the local stack was started', async () => {
    connect({ SourcesFolder: folder });
    expect((await runCommand(addSource, 'source', 'secret', 'shop', '--show')).stdout).toBe(
      'secret-of-shop\n',
    );
  });

  it('is found by the folder of the option before that of the stack', async () => {
    connect({ SourcesFolder: 'sources' });
    const { stdout } = await runCommand(addSource, 'source', 'secret', 'shop', '--show', '--sources', folder);
    expect(stdout).toBe('secret-of-shop\n');
  });

  it('is found by the shipped sources if the stack names no folder', async () => {
    connect({});
    expect((await runCommand(addSource, 'source', 'secret', 'hubspot', '--show')).stdout).toBe(
      'secret-of-hubspot\n',
    );
  });
});

describe('the secret of a target', () => {
  it('is found by the folder with which the local stack was started', async () => {
    connect({ DeliveriesFolder: 'test/infra/integrations/deliveries' });
    const { stdout } = await runCommand(addDeliveries, 'deliveries', 'secret', 'sales-crm');
    expect(stdout).toContain('sales-crm has no secret');
  });
});
