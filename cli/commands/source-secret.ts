import type { Command } from 'commander';
import { listSourceSecrets } from '../secrets/source-secrets.ts';
import { shippedSources } from '../stack/assembly.ts';
import { sourcesFolderOutput } from '../stack/run-stack.ts';
import { addSecretCommand } from './secret-command.ts';

export const addSourceSecret = (source: Command): void =>
  addSecretCommand(source, {
    command: 'npx sluice source secret',
    description: 'set, replace and withdraw the secret by which a source is known',
    folder: {
      flag: '--sources',
      about: 'the folder of the source documents (default: that of the local stack, else that of Sluice)',
      output: sourcesFolderOutput,
      otherwise: shippedSources,
    },
    output: 'SourceSecretsArn',
    list: listSourceSecrets,
  });
