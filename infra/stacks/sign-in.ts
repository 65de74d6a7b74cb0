import { Aws, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import {
  AccountRecovery,
  FeaturePlan,
  LambdaVersion,
  ManagedLoginVersion,
  Mfa,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolDomain,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type Role, roles } from '../../events/api/index.ts';
import { signInTrigger } from '../constructs/console/sign-in-trigger.ts';
import type { Environment } from '../environments.ts';

export interface SignInStackProps extends StackProps {
  readonly environment: Pick<Environment, 'keepData' | 'logRetention'>;

  /** The first part of the names of all stacks: `Sluice-dev`. */
  readonly deploymentName: string;

  /**
   * The SNS topic of all alarms.
   *
   * @default - none
   */
  readonly alarmTopicArn?: string | undefined;
}

const descriptions: Readonly<Record<Role, string>> = {
  viewer: 'Reads leads, hand-offs, models and reports',
  seller: 'Also answers hand-offs of its queues, states stages and overrides the model for its leads',
  admin: 'May do everything',
};

/** The words that Cognito refuses in the address of a sign-in page. */
const reservedWords = /aws|amazon|cognito/;

/**
 * Returns the first part of the address at which people sign in. It must be unique in the region, hence the account.
 *
 * @throws Error if the name of the deployment has a word that Cognito refuses there
 */
const buildPrefix = (deploymentName: string): string => {
  const name = deploymentName.toLowerCase();
  if (!reservedWords.test(name)) return `${name}-${Aws.ACCOUNT_ID}`;
  throw new Error(
    `context name, with signIn=cognito: ${JSON.stringify(deploymentName)} would be part of an address that Cognito ` +
      'refuses; allowed: a name without aws, amazon and cognito',
  );
};

/**
 * The people who may use Sluice, in a user pool of Cognito's. An administrator adds them, and puts them into groups that
 * are named after roles and queues. They outlive a deployment like other data.
 */
export class SignInStack extends Stack {
  readonly pool: UserPool;
  /** The issuer, as tokens have it in `iss`. */
  readonly issuer: string;
  /** The origins at which the page finds the issuer's description, and gets tokens. */
  readonly origins: readonly string[];

  constructor(scope: Construct, id: string, { environment, deploymentName, ...props }: SignInStackProps) {
    const { keepData, logRetention } = environment;
    super(scope, id, { terminationProtection: keepData, ...props });
    const prefix = buildPrefix(deploymentName);
    this.pool = this.#pool(deploymentName, keepData);
    this.pool.addTrigger(
      UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
      signInTrigger(this, 'GrantScopes', logRetention),
      LambdaVersion.V2_0,
    );
    this.#roles();
    const url = this.#page(prefix).baseUrl();
    const host = `https://cognito-idp.${this.region}.${this.urlSuffix}`;
    this.issuer = `${host}/${this.pool.userPoolId}`;
    this.origins = [host, url];
    if (props.alarmTopicArn) this.#notify(props.alarmTopicArn);
    new CfnOutput(this, 'UserPoolId', { value: this.pool.userPoolId });
    new CfnOutput(this, 'SignInUrl', { value: url });
  }

  #pool(userPoolName: string, keepData: boolean): UserPool {
    return new UserPool(this, 'People', {
      userPoolName,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true } },
      autoVerify: { email: true },
      // A new address counts once it was verified, and the one before until then.
      keepOriginal: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      // The plan with threat protection, which refuses passwords that were stolen elsewhere and odd sign-ins.
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: keepData,
      removalPolicy: keepData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
  }

  /** Creates a group for each role, and the names of their scopes. */
  #roles(): void {
    this.pool.addResourceServer('Roles', {
      identifier: 'sluice',
      scopes: roles.map(
        (role) => new ResourceServerScope({ scopeName: role, scopeDescription: descriptions[role] }),
      ),
    });
    for (const role of roles)
      this.pool.addGroup(`${role.charAt(0).toUpperCase()}${role.slice(1)}s`, {
        groupName: role,
        description: descriptions[role],
      });
  }

  #page(domainPrefix: string): UserPoolDomain {
    return this.pool.addDomain('Page', {
      cognitoDomain: { domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
  }

  #notify(topicArn: string): void {
    const action = new SnsAction(Topic.fromTopicArn(this, 'AlarmTopic', topicArn));
    for (const node of this.node.findAll()) if (node instanceof Alarm) node.addAlarmAction(action);
  }
}
