import { STSClient } from '@aws-sdk/client-sts';

export interface FoundRegion {
  readonly region: string;
  /** The place that names it. */
  readonly source: string;
}

/** The variables that name a region, in the order in which the CDK's command reads them. */
const variables = ['AWS_REGION', 'AMAZON_REGION', 'AWS_DEFAULT_REGION', 'AMAZON_DEFAULT_REGION'];

/** Finds the region that a deployment goes to: that of the context, of the environment, or of the AWS configuration. */
export const findRegion = async (
  context: Readonly<Record<string, string>>,
  profile: string | undefined,
): Promise<FoundRegion | undefined> => {
  if (context.region !== undefined) return { region: context.region, source: '-c region' };
  for (const name of variables) {
    const region = process.env[name];
    if (region) return { region, source: name };
  }
  const client = new STSClient(profile === undefined ? {} : { profile });
  try {
    return { region: await client.config.region(), source: 'the AWS configuration' };
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
};
