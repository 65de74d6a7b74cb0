import { CfnOutput } from 'aws-cdk-lib';
import { CfnAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IConstruct } from 'constructs';

/** The issuer with which the app is built: it accepts https only, as AWS does. */
export const placeholder = { issuer: 'https://issuer.invalid', audience: 'sluice' } as const;

/** Makes an app that was built with the placeholder trust an issuer on loopback. */
export const trustIssuer = (app: IConstruct, url: string): void => {
  for (const node of app.node.findAll()) {
    if (node instanceof CfnAuthorizer)
      node.jwtConfiguration = { issuer: url, audience: [placeholder.audience] };
    if (node instanceof CfnOutput && node.node.id === 'ApiIssuer') node.value = url;
  }
};
