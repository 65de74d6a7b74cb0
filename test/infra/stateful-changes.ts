import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';

/**
 * The types of resources with data that can't be restored: data, its history, and the keys that it is encrypted with.
 */
const holdingData = new Set([
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Events::Archive',
  'AWS::Events::EventBus',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
]);

const losing = new Set([
  ResourceImpact.WILL_REPLACE,
  ResourceImpact.MAY_REPLACE,
  ResourceImpact.WILL_DESTROY,
  ResourceImpact.WILL_ORPHAN,
]);

/** Returns the effects on data of an update from one template to another, a line each: `Leads: WILL_REPLACE`. */
export const lossesBetween = (before: object, after: object): string[] => {
  const losses: string[] = [];
  fullDiff({ ...before }, { ...after }).resources.forEachDifference((id, change) => {
    const isData = [change.oldResourceType, change.newResourceType].some((type) =>
      holdingData.has(type ?? ''),
    );
    if (isData && losing.has(change.changeImpact)) losses.push(`${id}: ${change.changeImpact}`);
  });
  return losses;
};
