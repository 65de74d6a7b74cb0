import { Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Function as CloudFrontFunction,
  Distribution,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { ConsoleDomain } from '../../console-settings.ts';
import { type AnswerHeadersProps, apiHeadersPolicy, pageHeadersPolicy } from './answer-headers.ts';
import { routeRequestCode } from './route-request.ts';

export interface ConsoleDistributionProps extends AnswerHeadersProps {
  /** The bucket with the console's files. */
  readonly bucket: IBucket;

  /** The host of the API for people. */
  readonly apiHost: string;

  /** @default - a domain of CloudFront's */
  readonly domain: ConsoleDomain | undefined;

  /** A line about what the distribution is for. */
  readonly comment: string;
}

/** Returns how the console's files are answered: stored at the edge as long as their headers say. */
const pages = (scope: Construct, { bucket, ...props }: ConsoleDistributionProps): BehaviorOptions => ({
  origin: S3BucketOrigin.withOriginAccessControl(bucket, {
    originAccessControl: new S3OriginAccessControl(scope, 'Access', {
      originAccessControlName: `${props.namePrefix}-console`,
    }),
  }),
  allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
  viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  cachePolicy: CachePolicy.CACHING_OPTIMIZED,
  compress: true,
  responseHeadersPolicy: pageHeadersPolicy(scope, 'PageHeaders', props),
  functionAssociations: [
    {
      eventType: FunctionEventType.VIEWER_REQUEST,
      function: new CloudFrontFunction(scope, 'RouteRequest', {
        functionName: `${props.namePrefix}-console`,
        comment: 'Leads to the page of the console',
        runtime: FunctionRuntime.JS_2_0,
        code: FunctionCode.fromInline(routeRequestCode),
      }),
    },
  ],
});

/**
 * Returns how requests to the API are passed on: all of them, with their token and query, and never stored. The host is
 * left out, as API Gateway knows its own alone. A token is never sent by plain HTTP, not even to be redirected.
 */
const api = (scope: Construct, { apiHost, ...props }: ConsoleDistributionProps): BehaviorOptions => ({
  origin: new HttpOrigin(apiHost, {
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
  }),
  allowedMethods: AllowedMethods.ALLOW_ALL,
  viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
  cachePolicy: CachePolicy.CACHING_DISABLED,
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  responseHeadersPolicy: apiHeadersPolicy(scope, 'ApiHeaders', props),
});

/** The findings that are no defect here, with the reasons. */
const reasons = {
  'AwsSolutions-CFR1':
    'People who may sign in may do so from wherever they are; the token decides who gets in, and not the country.',
  'AwsSolutions-CFR2':
    'The files are public and the API throttles by itself; a firewall costs more a month than the console does. ' +
    'Accounts that have one associate it with the distribution.',
  'AwsSolutions-CFR3':
    'Paths of the API have the ids of leads, and queries what was looked for: logs would store personal data. The log ' +
    'of the API itself counts each request by route and status, without either.',
} as const;

/** The finding of a distribution without a domain of its own. */
const ownDomainReason =
  "CloudFront decides about the TLS of its own domain. With a domain of the account's own, given by consoleDomain, " +
  'nothing below TLS 1.2 is spoken.';

/** Creates the one origin of the console: its files below `/console/`, and the API below `/api/`. */
export const consoleDistribution = (
  scope: Construct,
  id: string,
  props: ConsoleDistributionProps,
): Distribution => {
  const { domain, comment } = props;
  const distribution = new Distribution(scope, id, {
    comment,
    defaultBehavior: pages(scope, props),
    additionalBehaviors: { '/api/*': api(scope, props) },
    httpVersion: HttpVersion.HTTP2_AND_3,
    // CloudFront decides about the TLS of its own domain.
    ...(domain && {
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      domainNames: [domain.name],
      certificate: Certificate.fromCertificateArn(scope, 'Certificate', domain.certificateArn),
    }),
  });
  const acknowledged = Object.entries({
    ...reasons,
    ...(domain === undefined && { 'AwsSolutions-CFR4': ownDomainReason }),
  });
  for (const [finding, reason] of acknowledged)
    Validations.of(distribution).acknowledge({ id: finding, reason });
  return distribution;
};
