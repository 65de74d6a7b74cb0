import { CfnOutput, Duration, Fn, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  CfnManagedLoginBranding,
  OAuthScope,
  UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { ConsoleDomain } from '../console-settings.ts';
import { createPeopleApi } from '../constructs/api-doors.ts';
import { consoleDistribution } from '../constructs/console/console-distribution.ts';
import { deployConsoleFiles } from '../constructs/console/console-files.ts';
import type { Environment } from '../environments.ts';
import type { TokenIssuer } from '../token-issuer.ts';
import type { SignInStack } from './sign-in.ts';

/** The way in which people sign in: at a user pool that is deployed as well, or at an issuer that exists. */
export type ConsoleSignIn =
  | Pick<SignInStack, 'pool' | 'issuer' | 'origins'>
  | {
      readonly tokens: TokenIssuer;
      readonly clientId: string;
      readonly scope: string;
      /** The origins of the issuer, at which the page finds its description and gets tokens. */
      readonly origins: readonly string[];
    };

export interface ConsoleStackProps extends StackProps {
  readonly environment: Pick<Environment, 'logRetention'>;

  /** The first part of the names of all stacks: `Sluice-dev`. */
  readonly deploymentName: string;

  readonly signIn: ConsoleSignIn;

  /** The domain of the account's own. */
  readonly domain: ConsoleDomain | undefined;
}

/** The folder of the files, and so the first part of their paths. */
const folder = 'console';

const discoveryOf = (issuer: string): string =>
  `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;

/**
 * The console: its files in a bucket, behind CloudFront, which passes `/api/` on to the API for people.
 *
 * The API itself is here, and its routes are in the stateless stack. A client of a user pool needs the address of the
 * page, the page that of the API, and the routes of the API the id of the client: so the API comes first, and they last.
 */
export class ConsoleStack extends Stack {
  /** The API for people, without its routes. */
  readonly api: CfnApi;
  /** The issuer of the tokens that open the API. */
  readonly tokens: TokenIssuer;

  constructor(scope: Construct, id: string, props: ConsoleStackProps) {
    super(scope, id, props);
    const { deploymentName, environment, signIn, domain } = props;
    this.api = createPeopleApi(this, 'PeopleApi', deploymentName);
    const bucket = this.#bucket();
    const distribution = consoleDistribution(this, 'Distribution', {
      bucket,
      apiHost: Fn.select(2, Fn.split('/', this.api.attrApiEndpoint)),
      domain,
      comment: `The console of ${deploymentName}`,
      // Names are of the account, and deployments of several regions may share one.
      namePrefix: `${deploymentName}-${this.region}`,
      issuerOrigins: signIn.origins,
    });
    const url = `https://${domain?.name ?? distribution.distributionDomainName}/${folder}/`;
    const { clientId, scope: scopes, tokens } = this.#client(signIn, url);
    this.tokens = tokens;
    deployConsoleFiles(this, {
      bucket,
      folder,
      config: {
        issuer: tokens.issuer,
        discovery: discoveryOf(tokens.issuer),
        clientId,
        scope: scopes,
        local: false,
      },
      logRetention: environment.logRetention,
    });
    new CfnOutput(this, 'ConsoleUrl', { value: url });
    new CfnOutput(this, 'ConsoleClientId', { value: clientId });
    // A domain of the account's own needs a record that points to it.
    new CfnOutput(this, 'ConsoleHost', { value: distribution.distributionDomainName });
  }

  #bucket(): IBucket {
    const bucket = new Bucket(this, 'Files', {
      // Whoever opens the console gets these files, so a key of the account would protect nothing.
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'It has the files of the page alone, which are the same for everybody, and is read by CloudFront only: logs of ' +
        'that would say nothing.',
    });
    // The CDK's own types disagree about `undefined` under exactOptionalPropertyTypes, hence `as`.
    return bucket as IBucket;
  }

  /** Returns the client by which the page signs in. In a user pool it is made here. */
  #client(signIn: ConsoleSignIn, url: string) {
    if ('clientId' in signIn) return signIn;
    const { userPoolClientId } = this.#poolClient(signIn.pool, url);
    return {
      clientId: userPoolClientId,
      // Roles can't be asked for: people have those of their groups.
      scope: 'openid',
      // Access tokens of Cognito have no audience, but the client that they are for.
      tokens: { issuer: signIn.issuer, audience: [userPoolClientId] },
    };
  }

  #poolClient(userPool: SignInStack['pool'], url: string): UserPoolClient {
    const client = new UserPoolClient(this, 'Client', {
      userPool,
      // A page can keep no secret: it proves by PKCE that it is the one that began.
      generateSecret: false,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID],
        callbackUrls: [url],
        logoutUrls: [url],
      },
      // Nobody signs in but on the page of Cognito; the other ways of its API are closed.
      authFlows: { userSrp: false },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(30),
      idTokenValidity: Duration.minutes(30),
      refreshTokenValidity: Duration.hours(10),
    });
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: userPool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    return client;
  }
}
