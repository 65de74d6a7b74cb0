import type { Action } from '../../events/index.ts';

/** Returns an action in two words, for a list. */
export const shortAction = (action: Action): string => {
  switch (action.kind) {
    case 'none':
      return '–';
    case 'nurture':
      return `nurture ${action.track}`;
    case 'handoff':
      return `hand-off ${action.queue}`;
    default:
      return action satisfies never;
  }
};
