import type { ActionEvent } from '../../events/index.ts';
import { getItems, type Item, type TableProps, updateIf } from '../dynamodb/index.ts';
import { nurtureKey } from '../keys/index.ts';
import type { FollowUps } from './follow-ups.ts';
import {
  dueUpdate,
  isFollowed,
  nurtureReads,
  nurtureUpdate,
  parseNurture,
  readAsked,
  trackUpdate,
} from './nurture.ts';
import { beginDue, followTrack } from './nurture-track.ts';
import type { StartLimits } from './start-limits.ts';

/** Stores the nurture of leads. */
export const createNurtureFollowUps = (
  props: TableProps,
): Pick<FollowUps, 'followNurture' | 'beginNurture'> => {
  const { client, table } = props;

  const readItem = async (leadId: string): Promise<Item | undefined> =>
    (await getItems(props, [nurtureKey(leadId)], nurtureReads))[0];

  /** Begins what was due at an instant. Returns false if nothing was, or if another writer came first. */
  const storeDue = async (leadId: string, item: Item, at: number, now: number): Promise<boolean> => {
    const begun = beginDue(parseNurture(item), at);
    return begun !== undefined && updateIf(client, dueUpdate(table, leadId, item, begun, now));
  };

  const followWithin: (
    ...given: [event: ActionEvent, limits: StartLimits, now: number]
  ) => ReturnType<FollowUps['followNurture']> = async (event, limits, now) => {
    const item = await readItem(event.data.leadId);
    if (isFollowed(item, event)) return 'late';
    const asked = readAsked(event);
    // A track that was due before the announcement began then, although nobody has said so yet: a late wake-up leads to
    // the same. It is stored by itself, so that its start is announced.
    if (item !== undefined && (await storeDue(event.data.leadId, item, asked.at, now)))
      return followWithin(event, limits, now);
    const nurture = followTrack(parseNurture(item), limits, asked);
    if (!(await updateIf(client, nurtureUpdate(table, event, item, nurture, now))))
      return followWithin(event, limits, now);
    if (nurture.refused !== undefined) return 'refused';
    return nurture.waiting === undefined ? 'followed' : 'waiting';
  };

  return {
    followNurture: async (event, limits, now) => {
      if (limits !== undefined) return followWithin(event, limits, now);
      return (await updateIf(client, trackUpdate(table, event))) ? 'followed' : 'late';
    },

    beginNurture: async (leadId, at, now) => {
      const item = await readItem(leadId);
      return item !== undefined && storeDue(leadId, item, at, now);
    },
  };
};
