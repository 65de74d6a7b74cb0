import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { isCanary } from '../../events/index.ts';
import { S, selectAttributes, text } from '../../shared/dynamodb/index.ts';
import { type Key, leadSortKeys, parseLeadKey, stateKey } from '../../shared/keys/index.ts';
import type { RescoringJob } from '../../shared/model-store/index.ts';

/** The place of a page in a table. */
interface PagePlace {
  readonly segment: number;
  readonly segments: number;
  /** The item after which the page begins; undefined at the beginning of the segment. */
  readonly after: Key | undefined;
}

/** A lead of a page. */
interface ReadLead {
  readonly leadId: string;
  /** The version of the model that has judged it. */
  readonly modelVersion: string;
  /** Whether its actions wait, since that model was activated without them. */
  readonly actionsWait: boolean;
}

/** A page of a segment. Most items of a table are entries, so it may have no lead. */
interface LeadPage {
  /** The leads that a model has judged, without those of the canary: only the canary may send events about them. */
  readonly leads: readonly ReadLead[];
  /** The item after which the next page begins; undefined at the end of the segment. */
  readonly last: Key | undefined;
}

export type ReadLeadPage = (place: PagePlace) => Promise<LeadPage>;

/** The attributes that are read of a lead. Rights are limited to them; see infra/constructs/item-attributes.ts. */
const select = selectAttributes(['pk', 'sk', 'model', 'actionsWait']);

/** The most items of a page, so that a page is read and its rescorings are sent within seconds. */
const mostItems = 1_000;

/**
 * Creates a reader of pages. It reads consistently: a pass that finds nothing has seen what functions with the model
 * before have written last.
 */
export const createLeadPageReader =
  (client: DynamoDBClient, table: string, pageItems: number = mostItems): ReadLeadPage =>
  async ({ segment, segments, after }) => {
    const { Items = [], LastEvaluatedKey: last } = await client.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        Segment: segment,
        TotalSegments: segments,
        Limit: pageItems,
        ...(after !== undefined && { ExclusiveStartKey: { pk: S(after.pk), sk: S(after.sk) } }),
        ...select,
        // Merged and erased leads have no model.
        FilterExpression: '#sk = :state AND attribute_exists(#model)',
        ExpressionAttributeValues: { ':state': S(leadSortKeys.state) },
      }),
    );
    const leads = Items.map((item) => ({
      leadId: parseLeadKey(text(item, 'pk')),
      modelVersion: text(item, 'model'),
      actionsWait: item.actionsWait !== undefined,
    }));
    return {
      leads: leads.filter(({ leadId }) => !isCanary(leadId)),
      last: last && { pk: text(last, 'pk'), sk: text(last, 'sk') },
    };
  };

/** A page as far as its leads are rescored now. */
interface PagePart {
  readonly read: number;
  readonly stale: readonly string[];
  readonly last: Key | undefined;
}

/**
 * Returns the part of a page that has at most so many leads to rescore: those of another model, and, if actions are to
 * follow, those whose actions still wait. The next page begins after it.
 */
export const takeStale = (
  page: LeadPage,
  { modelVersion, actions }: Pick<RescoringJob, 'modelVersion' | 'actions'>,
  most: number,
): PagePart => {
  const stale = page.leads.filter(
    (lead) => lead.modelVersion !== modelVersion || (actions === 'all' && lead.actionsWait),
  );
  const next = stale[most];
  if (next === undefined)
    return { read: page.leads.length, stale: stale.map(({ leadId }) => leadId), last: page.last };
  const leads = page.leads.slice(0, page.leads.indexOf(next));
  return {
    read: leads.length,
    stale: stale.slice(0, most).map(({ leadId }) => leadId),
    last: stateKey(leads.at(-1)?.leadId ?? ''),
  };
};
