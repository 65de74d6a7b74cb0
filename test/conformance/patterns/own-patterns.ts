import { canaryPrefix, inboundContracts, outboundContracts } from '../../../events/index.ts';
import { listResources, stateful, stateless } from '../../infra/synthesized.ts';

type Json = Record<string, unknown>;

interface OwnPattern {
  readonly id: string;
  readonly pattern: Json;
}

interface Rule {
  readonly EventPattern?: Json;
}
interface Mapping {
  readonly FilterCriteria?: { readonly Filters: readonly { readonly Pattern: string }[] };
}

/** The patterns of the rules that the app deploys, that of the archive among them. */
export const rulePatterns: readonly OwnPattern[] = [stateful, stateless]
  .flatMap((template) =>
    ['AWS::Events::Rule', 'AWS::Events::Archive'].flatMap((type) => listResources<Rule>(template, type)),
  )
  .flatMap(({ id, properties: { EventPattern: pattern } }) => (pattern ? [{ id, pattern }] : []));

/** The patterns of the filters of the app's event source mappings. */
export const filterPatterns: readonly OwnPattern[] = listResources<Mapping>(
  stateless,
  'AWS::Lambda::EventSourceMapping',
).flatMap(({ id, properties: { FilterCriteria: criteria } }) =>
  (criteria?.Filters ?? []).map(({ Pattern }, index) => ({
    id: `${id}[${index}]`,
    pattern: JSON.parse(Pattern),
  })),
);

const types = Object.values({ ...inboundContracts, ...outboundContracts }).map(
  ({ detailType }) => detailType,
);

/** Events of every type, from Sluice, AWS and others, and one of an unknown type. */
export const sampleEvents: readonly Json[] = [...types, 'SomethingElse'].flatMap((type) =>
  ['sluice', 'sluice.canary', 'aws.s3', 'marketing.web'].flatMap((source) =>
    [
      {},
      { actionChanged: true },
      { actionChanged: false },
      { leadId: `${canaryPrefix}1` },
      { followedBy: 'recycle' },
    ].map((data) => ({
      source,
      'detail-type': type,
      detail: { metadata: { eventId: 'e-1', schemaVersion: 1 }, data: { leadId: 'l-1', ...data } },
    })),
  ),
);
