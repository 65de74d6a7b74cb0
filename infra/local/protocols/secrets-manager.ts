import * as z from 'zod';
import { ServiceError } from '../errors.ts';
import type { SecretStore, SecretValue, StoredSecret } from '../secrets/secret-store.ts';
import { jsonAnswer, parseInput, parseJson, refuseJson } from './json.ts';
import { type Protocol, targetOf } from './protocol.ts';

const prefix = 'secretsmanager.';
const current = 'AWSCURRENT';
const invalid = 'InvalidParameterException';

const getInput = z.object({
  SecretId: z.string(),
  VersionId: z.string().optional(),
  VersionStage: z.literal(current, { error: `allowed is ${current}: here is one version` }).optional(),
});

const putInput = z.object({
  SecretId: z.string(),
  SecretString: z.string().min(1).max(65_536),
  ClientRequestToken: z.string().optional(),
  VersionStages: z
    .array(z.literal(current, { error: `allowed is ${current}: here is one version` }))
    .optional(),
});

const describeInput = z.object({ SecretId: z.string() });

const inSeconds = (ms: number): number => ms / 1_000;

const notFound = (message: string): ServiceError => new ServiceError('ResourceNotFoundException', message);

/** Speaks Secrets Manager, as far as reading, setting and describing the secrets of the app. */
export const secretsManagerProtocol = (store: SecretStore): Protocol => {
  const find = (id: string): StoredSecret => {
    const found = store.find(id);
    if (found !== undefined) return found;
    const allowed = store.list().join(', ') || 'none';
    throw notFound(`Secrets Manager can't find the specified secret ${id}; allowed are ${allowed}`);
  };

  const findValue = ({ name, value }: StoredSecret, versionId: string | undefined): SecretValue => {
    if (value !== undefined && (versionId ?? value.versionId) === value.versionId) return value;
    const which = versionId === undefined ? `staging label: ${current}` : `version: ${versionId}`;
    throw notFound(`Secrets Manager can't find a value of the secret ${name} for ${which}`);
  };

  const operations: Readonly<Record<string, (input: unknown) => object>> = {
    GetSecretValue: (input) => {
      const { SecretId, VersionId } = parseInput(getInput, input, invalid);
      const secret = find(SecretId);
      const { versionId, text, createdAt } = findValue(secret, VersionId);
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: versionId,
        SecretString: text,
        VersionStages: [current],
        CreatedDate: inSeconds(createdAt),
      };
    },
    PutSecretValue: (input) => {
      const { SecretId, SecretString } = parseInput(putInput, input, invalid);
      const { arn, name } = find(SecretId);
      const { versionId } = store.put(name, SecretString);
      return { ARN: arn, Name: name, VersionId: versionId, VersionStages: [current] };
    },
    DescribeSecret: (input) => {
      const { arn, name, value } = find(parseInput(describeInput, input, invalid).SecretId);
      return {
        ARN: arn,
        Name: name,
        ...(value && {
          LastChangedDate: inSeconds(value.createdAt),
          VersionIdsToStages: { [value.versionId]: [current] },
        }),
      };
    },
  };

  return {
    speaks: (head) => targetOf(head).startsWith(prefix),
    answer: (request) => {
      const name = targetOf(request).slice(prefix.length);
      const run = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (run !== undefined) return jsonAnswer(run(parseJson(request.body)));
      const allowed = Object.keys(operations).join(', ');
      throw new ServiceError('UnknownOperationException', `${name} is not supported; allowed are ${allowed}`);
    },
    refuse: refuseJson,
  };
};
