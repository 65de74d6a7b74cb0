import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { TokenIssuer } from '../token-issuer.ts';
import { HttpDoor, type HttpDoorProps } from './http-door.ts';

export interface ApiDoorsProps extends Pick<HttpDoorProps, 'functions' | 'tokens' | 'logRetention'> {
  /** The first part of the names of the APIs: `Sluice-dev`. */
  readonly deploymentName: string;
}

/**
 * Opens the doors of the API: one for services, and one for people if there is an issuer of their tokens. The outputs
 * name the URLs to which paths such as `/api/funnel` are appended.
 */
export const openDoors = (scope: Construct, { deploymentName, tokens, ...props }: ApiDoorsProps): void => {
  const services = new HttpDoor(scope, 'Services', {
    ...props,
    apiName: `${deploymentName}-services`,
    description: 'Sluice for services, by their AWS credentials',
  });
  new CfnOutput(scope, 'ServicesApiUrl', { value: services.url });
  if (tokens !== undefined) openToPeople(scope, tokens, { deploymentName, ...props });
};

const openToPeople = (
  scope: Construct,
  tokens: TokenIssuer,
  { deploymentName, ...props }: Omit<ApiDoorsProps, 'tokens'>,
): void => {
  const people = new HttpDoor(scope, 'People', {
    ...props,
    tokens,
    apiName: `${deploymentName}-people`,
    description: 'Sluice for people, by the tokens of their issuer',
  });
  new CfnOutput(scope, 'PeopleApiUrl', { value: people.url });
  new CfnOutput(scope, 'ApiIssuer', { value: tokens.issuer });
  // No audience contains a space.
  new CfnOutput(scope, 'ApiAudience', { value: tokens.audience.join(' ') });
};
