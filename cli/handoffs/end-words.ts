import type { Handoff } from '../../shared/follow-ups/index.ts';

/** Returns how a hand-off ended, in words that follow its id; undefined if it is open or waits. */
export const endWords = ({
  status,
  answeredAt,
  verdict = 'answered',
  answeredAs,
  withdrawnAt,
  erasedAt,
  expiredAt,
  actor,
}: Handoff): string | undefined => {
  switch (status) {
    case 'open':
    case 'waiting':
      return undefined;
    case 'withdrawn':
      return `was withdrawn${phrase('at', withdrawnAt)}, since the lead no longer calls for it`;
    case 'erased':
      return `was erased${phrase('at', erasedAt)} with its lead`;
    case 'expired':
      return `expired${phrase('at', expiredAt)}, and the lead went back to nurture`;
    case 'answered-elsewhere':
      return `was ${verdict} elsewhere${phrase('as', answeredAs)}${phrase('at', answeredAt)}${phrase('by', actor)}`;
    default:
      return `was ${status}${phrase('at', answeredAt)}${phrase('by', actor)}`;
  }
};

const phrase = (preposition: string, words: string | undefined): string =>
  words === undefined ? '' : ` ${preposition} ${words}`;
