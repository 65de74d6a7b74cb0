import { isNew, N, type TableProps, transactPatiently } from '../dynamodb/index.ts';
import { modelPointerKey } from '../keys/index.ts';
import {
  type ModelPointer,
  type RescoringJob,
  requestRescoring,
  rescoringJobItem,
} from '../model-store/index.ts';
import { assertPace } from './change-rescoring.ts';
import { RescoringError } from './errors.ts';
import { readRescoringItems } from './rescorings.ts';

export interface StartRescoringProps extends TableProps {
  /** The models in use, as they were read just now. */
  readonly pointer: ModelPointer | undefined;
  /** @default those of the rescoring before */
  readonly writeUnitsPerSecond?: number | undefined;
  /** The instant of now: UTC, ISO 8601. */
  readonly at: string;
}

interface ActiveModel {
  readonly revision: number;
  readonly modelVersion: string;
}

const findActive = (pointer: ModelPointer | undefined): ActiveModel => {
  if (pointer?.active !== undefined && pointer.activeRevision !== undefined)
    return { revision: pointer.activeRevision, modelVersion: pointer.active };
  throw new RescoringError('NO_ACTIVE_MODEL', 'no model is active yet: the first event makes one so');
};

/** Returns the next job. Passes of the same activation are counted on, so that nothing of an earlier one counts. */
const buildNext = (props: StartRescoringProps, before: RescoringJob | undefined): RescoringJob => {
  const { pointer, at } = props;
  const active = findActive(pointer);
  const next = requestRescoring({ ...active, actions: pointer?.actions ?? 'all', at });
  return {
    ...next,
    pass: before?.revision === active.revision ? before.pass + 1 : 1,
    writeUnitsPerSecond: props.writeUnitsPerSecond ?? before?.writeUnitsPerSecond ?? next.writeUnitsPerSecond,
  };
};

/** The condition under which the job that was read is still there. */
const unchanged = (before: RescoringJob | undefined) =>
  before === undefined
    ? { ConditionExpression: isNew }
    : {
        ConditionExpression: '#revision = :revision AND #pass = :pass',
        ExpressionAttributeNames: { '#revision': 'revision', '#pass': 'pass' },
        ExpressionAttributeValues: { ':revision': N(before.revision), ':pass': N(before.pass) },
      };

/**
 * Rescores all leads by the active model once more, as after a table was restored, or after a rescoring that gave up.
 * Leads that it has judged already are left alone.
 *
 * @throws RescoringError `NO_ACTIVE_MODEL`, `RESCORING_NOT_DONE`, `RESCORING_PACE_INVALID` or `RESCORING_CHANGED`
 */
export const startRescoring = async (props: StartRescoringProps): Promise<RescoringJob> => {
  const { client, table, pointer, writeUnitsPerSecond } = props;
  if (writeUnitsPerSecond !== undefined) assertPace(writeUnitsPerSecond);
  const before = (await readRescoringItems(props))?.job;
  const next = buildNext(props, before);
  if (before !== undefined && before.status !== 'done' && before.revision === next.revision)
    throw new RescoringError(
      'RESCORING_NOT_DONE',
      `the rescoring by ${before.modelVersion} is ${before.status}; allowed: none, or one that is done`,
    );
  const pk = { S: modelPointerKey.pk };
  const refused = await transactPatiently(client, [
    { Put: { TableName: table, Item: rescoringJobItem(next), ...unchanged(before) } },
    {
      ConditionCheck: {
        TableName: table,
        Key: { pk, sk: { S: modelPointerKey.sk } },
        ConditionExpression: '#revision = :pointer',
        ExpressionAttributeNames: { '#revision': 'revision' },
        ExpressionAttributeValues: { ':pointer': N(pointer?.revision ?? 0) },
      },
    },
  ]);
  if (refused.length === 0) return next;
  throw new RescoringError('RESCORING_CHANGED', 'the models changed at the same time; look and try again');
};
