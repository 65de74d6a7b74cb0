import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defaultOutputsFile, readDeployedOutputs } from '../../../cli/stack/outputs.ts';
import { type PersonName, personNames } from '../api/people.ts';
import { EndToEndError } from '../errors.ts';
import { createClients, readers, signAs, type Target } from '../target.ts';

/** EventBridge takes a while until a new rule works, and the depths of queues are approximate. */
const pace = { patienceMs: 300_000, intervalMs: 1_000, quietMs: 15_000 };

export interface AwsTargetProps {
  /** The file that `npm run deploy` wrote. @default cdk-outputs.json */
  readonly outputsFile?: string | undefined;
  /** The file with the tokens of the people of the scenario, by their names. @default - people don't use the API */
  readonly tokensFile?: string | undefined;
}

/** Reads tokens from a file. @throws EndToEndError `OPTION_INVALID` if one is missing */
const readTokens = (file: string): Readonly<Record<PersonName, string>> => {
  const given: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const missing = personNames.filter(
    (name) => typeof (given as Record<string, unknown>)?.[name] !== 'string',
  );
  if (missing.length === 0) return given as Record<PersonName, string>;
  throw new EndToEndError('OPTION_INVALID', `--tokens: ${file} has no token of ${missing.join(', ')}`);
};

/**
 * Opens what is deployed in an account, with the credentials of the environment. The run leaves its leads behind, named
 * after the run, and removes only its own queue and rule: it neither deploys nor deletes.
 */
export const awsTarget = async (props: AwsTargetProps): Promise<Target> => {
  const { outputsFile = defaultOutputsFile, tokensFile } = props;
  // Named, so that a file that isn't there is an error.
  const outputs = await readDeployedOutputs(resolve(outputsFile));
  const clients = createClients();
  const tokens = tokensFile === undefined ? undefined : readTokens(resolve(tokensFile));
  const { output, queueUrls } = readers(() => outputs);
  return {
    name: 'aws',
    clients,
    output,
    queueUrls,
    pace,
    api: {
      people: () => ({ url: output('PeopleApiUrl') }),
      services: () => ({ url: output('ServicesApiUrl') }),
      ...(tokens && { issueToken: async (person) => tokens[person] }),
      sign: signAs(clients),
    },
    close: async () => clients.destroy(),
  };
};
