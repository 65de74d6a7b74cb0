import type { App, StackProps } from 'aws-cdk-lib';
import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ConsoleSettings } from './console-settings.ts';
import type { Environment } from './environments.ts';
import { type ConsoleSignIn, ConsoleStack } from './stacks/console.ts';
import { SignInStack } from './stacks/sign-in.ts';
import type { TokenIssuer } from './token-issuer.ts';

export interface AddConsoleProps {
  readonly settings: ConsoleSettings;

  /** The issuer of the API's tokens. A user pool that is deployed with the console takes its place. */
  readonly tokens: TokenIssuer | undefined;

  /** The properties of all stacks. */
  readonly common: Pick<StackProps, 'env'> & {
    readonly deploymentName: string;
    readonly environment: Environment;
  };

  /** The SNS topic of all alarms. @default - none */
  readonly alarmTopicArn: string | undefined;
}

/** The stacks of the console, and what the routes of the API need of them. */
export interface AddedConsole {
  readonly console: ConsoleStack;
  /** The people, if they are deployed as well. */
  readonly signIn?: SignInStack;
  readonly peopleApi: CfnApi;
  readonly tokens: TokenIssuer;
}

const originOf = (url: string): string => new URL(url).origin;

/** Adds the stacks of the console to the app: first the people, if they are deployed as well, then the page. */
export const addConsole = (
  app: App,
  { settings, tokens, common, alarmTopicArn }: AddConsoleProps,
): AddedConsole => {
  const stackName = (of: string): string => `${common.deploymentName}-${of}`;
  const { signIn: by, domain } = settings;
  const signIn =
    by.by === 'cognito'
      ? new SignInStack(app, 'SluiceSignIn', { ...common, stackName: stackName('SignIn'), alarmTopicArn })
      : undefined;
  const chosen = (): ConsoleSignIn => {
    if (signIn !== undefined) return signIn;
    if (by.by === 'cognito' || tokens === undefined)
      throw new Error('context issuer: not given; allowed: with console, the issuer of its tokens');
    return { ...by, tokens, origins: [...new Set([originOf(tokens.issuer), ...by.origins])] };
  };
  const console = new ConsoleStack(app, 'SluiceConsole', {
    ...common,
    stackName: stackName('Console'),
    signIn: chosen(),
    domain,
  });
  return { console, ...(signIn && { signIn }), peopleApi: console.api, tokens: console.tokens };
};
