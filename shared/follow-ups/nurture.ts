import type { ActionEvent } from '../../events/index.ts';
import { type ItemUpdate, S } from '../dynamodb/index.ts';
import { nurtureKey } from '../keys/index.ts';
import { causeFields } from './position.ts';

/** Puts a lead on the track of an announcement, or on none, unless this or a later announcement has been followed. */
export const nurtureUpdate = (table: string, event: ActionEvent): ItemUpdate => {
  const { action, leadId } = event.data;
  const track = action.kind === 'nurture' ? { track: S(action.track) } : {};
  return {
    table,
    key: nurtureKey(leadId),
    set: { ...causeFields(event), ...track },
    ...(action.kind !== 'nurture' && { remove: ['track'] }),
    condition: 'attribute_not_exists(#position) OR #position < :position',
  };
};
