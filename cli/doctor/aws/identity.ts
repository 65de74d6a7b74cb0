import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type Finding, ok, problem } from '../finding.ts';
import { ask, explainFailure, impatient, type LookConfig } from './look.ts';

export interface Identity {
  readonly finding: Finding;
  /** The account of the credentials, if AWS accepts them. */
  readonly account?: string;
}

/**
 * Asks AWS whose credentials these are, which needs no permission.
 *
 * @param expected the account that the context names
 */
export const checkIdentity = async (config: LookConfig, expected: string | undefined): Promise<Identity> => {
  const client = new STSClient(impatient(config));
  const answer = await ask(() => client.send(new GetCallerIdentityCommand({})));
  client.destroy();
  if ('failure' in answer) return { finding: explainFailure('credentials', answer.failure) };
  const { Account: account, Arn } = answer.value;
  if (account === undefined) {
    const failure = { name: 'NoAccount', message: 'the answer names no account' };
    return { finding: explainFailure('credentials', failure) };
  }
  if (expected !== undefined && expected !== account) {
    const found = `they are of account ${account}, and -c account names ${expected}`;
    return {
      finding: problem('credentials', found, 'use the credentials of that account, or correct -c account'),
    };
  }
  return { finding: ok('credentials', `account ${account}, ${Arn ?? 'without an ARN'}`), account };
};
