import { CfnOutput, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { grantKey } from './key-grants.ts';

export interface SecretsProps {
  /** The key that encrypts the secrets. @default - a key of AWS */
  readonly key: IKey | undefined;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * The secrets of what comes in and goes out.
 *
 * The template says nothing about the values of the first two: people set them, and CloudFormation stores a value
 * whenever the property that it comes from changes. It generates the identity key when it creates it; any change of
 * `GenerateSecretString`, even one that matters little, would generate another key, and every identifier would be
 * unknown from then on.
 */
export class Secrets extends Construct {
  /** A JSON object with the secrets of each source, newest first. It has no value until somebody sets one. */
  readonly sources: CfnSecret;
  /** A JSON object with the secrets of each target, likewise. */
  readonly targets: CfnSecret;
  /** The key by which identifiers are hashed. */
  readonly identityKey: CfnSecret;

  constructor(scope: Construct, id: string, { key, removalPolicy }: SecretsProps) {
    super(scope, id);
    const create = (secretId: string, description: string, reason: string, generated?: object): CfnSecret => {
      const secret = new CfnSecret(this, secretId, {
        description,
        ...(key && { kmsKeyId: key.keyArn }),
        ...(generated && { generateSecretString: generated }),
      });
      secret.applyRemovalPolicy(removalPolicy);
      Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason });
      return secret;
    };
    this.sources = create(
      'Sources',
      'The secrets by which sources sign their webhooks',
      'Each secret is made in the tool that sends, or pasted into it: nothing here could rotate it alone. Two may be ' +
        'valid at once, so that people rotate it without losing a webhook.',
    );
    this.targets = create(
      'Targets',
      'The secrets, URLs and tokens by which deliveries reach their targets',
      'Each secret is known to the target as well: nothing here could rotate it alone. Two may be valid at once, so ' +
        'that people rotate it without losing a delivery.',
    );
    this.identityKey = create(
      'IdentityKey',
      'The key by which identifiers are hashed; another key would make all of them unknown',
      'All identifiers are stored as hashes by this key, and nothing else of them: with another key, nobody would be ' +
        'recognised again.',
      { passwordLength: 64, excludePunctuation: true },
    );
    // The command line finds the secrets by these.
    new CfnOutput(this, 'SourcesArn', { value: this.sources.ref }).overrideLogicalId('SourceSecretsArn');
    new CfnOutput(this, 'TargetsArn', { value: this.targets.ref }).overrideLogicalId('TargetSecretsArn');
    new CfnOutput(this, 'KeyArn', { value: this.identityKey.ref }).overrideLogicalId('IdentityKeyArn');
  }
}

/** Grants reading the values of secrets, and nothing else about them. */
export const grantSecrets = (
  grantee: IGrantable & Construct,
  key: IKey | undefined,
  ...secrets: readonly CfnSecret[]
): void => {
  Grant.addToPrincipal({
    grantee,
    actions: ['secretsmanager:GetSecretValue'],
    resourceArns: secrets.map(({ ref }) => ref),
  });
  grantKey(key, grantee, 'secrets');
};
