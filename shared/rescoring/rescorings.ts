import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { N, S, selectAttributes, type TableProps, updateIf } from '../dynamodb/index.ts';
import { rescoringKey, rescoringPartition, rescoringSegmentKey } from '../keys/index.ts';
import { parseRescoringJob, type RescoringJob, rescoringJobItem } from '../model-store/index.ts';
import { buildSegment, parseSegment, type RescoringSegment, segmentAttributes } from './segment.ts';
import { buildRescoring, type Rescoring } from './standing.ts';

/** The attributes of a job, beside the keys. Rights are limited to them; see infra/constructs/item-attributes.ts. */
const jobAttributes = [
  'revision',
  'modelVersion',
  'actions',
  'status',
  'pass',
  'passStartedAt',
  'requestedAt',
  'segments',
  'writeUnitsPerSecond',
  'requestedBefore',
  'fewest',
  'idlePasses',
  'doneAt',
  'left',
] as const;

/** The changes of a job at the end of a pass. */
export type PassEnd = Pick<RescoringJob, 'status' | 'pass' | 'passStartedAt'> &
  Partial<Pick<RescoringJob, 'requestedBefore' | 'fewest' | 'idlePasses' | 'doneAt' | 'left'>>;

/** The current rescoring as it is stored. */
export interface Rescorings {
  /** Reads it with its segments, consistently; undefined if there never was one. */
  read(): Promise<Rescoring | undefined>;
  /** Notes that a page of a segment was read. Returns false if somebody else did that, or the pass is over. */
  moveSegment(before: RescoringSegment, after: RescoringSegment): Promise<boolean>;
  /** Notes the end of a pass. Returns false if that is done already, or the job was paused or replaced. */
  endPass(job: RescoringJob, end: PassEnd): Promise<boolean>;
}

const select = selectAttributes(['sk', ...new Set([...jobAttributes, ...segmentAttributes])]);

/** Reads the current rescoring with its segments, consistently; undefined if there never was one. */
export const readRescoringItems = async ({ client, table }: TableProps): Promise<Rescoring | undefined> => {
  const { ExpressionAttributeNames: names, ...asked } = select;
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :partition',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':partition': S(rescoringPartition) },
      ...asked,
    },
  );
  const items = (await Array.fromAsync(pages)).flatMap(({ Items = [] }) => Items);
  const job = items.find(({ sk }) => sk?.S === rescoringKey.sk);
  if (job === undefined) return undefined;
  return buildRescoring(parseRescoringJob(job), items.filter((item) => item !== job).map(parseSegment));
};

/** The condition of the first step: nothing of this pass is stored, nor of a later one. */
const isFirstStep =
  'attribute_not_exists(#revision) OR #revision < :revision OR (#revision = :revision AND #pass < :pass)';
const isNextStep = '#revision = :revision AND #pass = :pass AND #step = :before';

export const createRescorings = (props: TableProps): Rescorings => {
  const { client, table } = props;
  return {
    read: () => readRescoringItems(props),
    moveSegment: (before, after) =>
      updateIf(client, {
        table,
        key: rescoringSegmentKey(after.segment),
        set: buildSegment(after),
        ...(after.after === undefined && { remove: ['after'] }),
        ...(before.step === 0
          ? { condition: isFirstStep }
          : { condition: isNextStep, values: { before: N(before.step) } }),
      }),
    endPass: (job, end) => {
      const { pk: _pk, sk: _sk, ...set } = rescoringJobItem({ ...job, ...end });
      return updateIf(client, {
        table,
        key: rescoringKey,
        // What an operator may change meanwhile isn't written.
        set: Object.fromEntries(Object.entries(set).filter(([name]) => name in end)),
        condition: '#revision = :revision AND #pass = :endedPass AND #status = :running',
        values: { revision: N(job.revision), endedPass: N(job.pass), running: S('running') },
      });
    },
  };
};
