import type { Command } from 'commander';
import { listTargetSecrets } from '../secrets/target-secrets.ts';
import { deliveriesFolderOutput } from '../stack/run-stack.ts';
import { addSecretCommand } from './secret-command.ts';

export const addDeliveriesSecret = (deliveries: Command): void =>
  addSecretCommand(deliveries, {
    command: 'npx sluice deliveries secret',
    description: 'set, replace and withdraw the secret, URL or token of a target',
    folder: {
      flag: '--deliveries',
      about: 'the folder of the subscription documents (default: that of the local stack, else deliveries)',
      output: deliveriesFolderOutput,
      otherwise: 'deliveries',
    },
    output: 'TargetSecretsArn',
    list: listTargetSecrets,
  });
