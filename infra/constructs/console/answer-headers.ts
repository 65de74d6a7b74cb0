import { Duration } from 'aws-cdk-lib';
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { buildContentPolicy, pageHeaders } from '../../../shared/page-headers/index.ts';

export interface AnswerHeadersProps {
  /** The first part of the names of the policies, which must be unique in the account. */
  readonly namePrefix: string;

  /** The origins that the page may send requests to beside its own. */
  readonly issuerOrigins: readonly string[];
}

/** The headers of pages that CloudFront has settings of its own for, and takes in no other way. */
const withSettings = new Set(['x-content-type-options', 'referrer-policy']);

const secure = (contentSecurityPolicy: string): ResponseSecurityHeadersBehavior => ({
  contentSecurityPolicy: { contentSecurityPolicy, override: true },
  contentTypeOptions: { override: true },
  frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
  referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
  strictTransportSecurity: {
    // Two years, as browsers ask of hosts that they know to speak HTTPS alone.
    accessControlMaxAge: Duration.days(730),
    // The domain may be one below which others speak HTTP.
    includeSubdomains: false,
    override: true,
  },
});

/** Creates the headers of the console's files: those of the local stack, and that the host speaks HTTPS alone. */
export const pageHeadersPolicy = (
  scope: Construct,
  id: string,
  { namePrefix, issuerOrigins }: AnswerHeadersProps,
): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: `${namePrefix}-pages`,
    securityHeadersBehavior: secure(buildContentPolicy(issuerOrigins)),
    customHeadersBehavior: {
      customHeaders: Object.entries(pageHeaders)
        .filter(([header]) => !withSettings.has(header))
        .map(([header, value]) => ({ header, value, override: true })),
    },
  });

/** Creates the headers of the API's answers. Opened as a page, an answer may load and run nothing. */
export const apiHeadersPolicy = (
  scope: Construct,
  id: string,
  { namePrefix }: Pick<AnswerHeadersProps, 'namePrefix'>,
): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: `${namePrefix}-api`,
    securityHeadersBehavior: secure("default-src 'none'; frame-ancestors 'none'"),
  });
