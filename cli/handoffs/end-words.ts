import type { Handoff } from '../../shared/follow-ups/index.ts';

/** Returns how a hand-off ended, in words that follow its id; undefined if it is open. */
export const endWords = ({
  status,
  answeredAt,
  withdrawnAt,
  erasedAt,
  actor,
}: Handoff): string | undefined => {
  switch (status) {
    case 'open':
      return undefined;
    case 'withdrawn':
      return `was withdrawn${at(withdrawnAt)}, since the lead no longer calls for it`;
    case 'erased':
      return `was erased${at(erasedAt)} with its lead`;
    default:
      return `was ${status.replaceAll('-', ' ')}${at(answeredAt)}${actor === undefined ? '' : ` by ${actor}`}`;
  }
};

const at = (instant: string | undefined): string => (instant === undefined ? '' : ` at ${instant}`);
