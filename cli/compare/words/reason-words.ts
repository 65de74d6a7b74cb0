import type { MoveReason, Pair } from '../../../shared/comparison/index.ts';
import { rounded, signed } from '../../explain/dimension-words.ts';

const percent = (share: number): string => `${rounded(Math.round(share * 1_000) / 10)} %`;

const change = ({ a, b }: Pair<number>): string => `${rounded(a)} → ${rounded(b)}`;

const direction = ({ a, b }: Pair<number>): string => (b > a ? 'rises' : 'falls');

/** Returns a reason for which a lead moves, in words. */
export const reasonWords = (reason: MoveReason): string => {
  switch (reason.kind) {
    case 'disqualifier': {
      const { a, b } = reason.texts;
      if (a === undefined) return `disqualified: it ${b}`;
      return b === undefined
        ? `no longer disqualified, though it ${a}`
        : `disqualified since it ${b}, not since it ${a}`;
    }
    case 'stage':
      return `stage ${reason.stages.a} → ${reason.stages.b}`;
    case 'threshold':
      return `the threshold of ${reason.tier} ${direction(reason.thresholds)} from ${rounded(reason.thresholds.a)} to ${rounded(reason.thresholds.b)}`;
    case 'hysteresis':
      return `a tier is lost ${change(reason.points)} points below its threshold`;
    case 'held-back':
      return reason.by === 'b'
        ? 'held back from sales: too little is known of it'
        : 'no longer held back from sales though little is known of it';
    case 'policy':
      return 'the policy asks for another action';
    case 'criterion':
      return `${signed(reason.difference)} ${reason.title}: the lead ${reason.text} (${change(reason.points)} points)`;
    case 'base':
      return `${signed(reason.difference)} ${reason.title}: the points before any criterion (${change(reason.points)})`;
    case 'limit':
      return `${signed(reason.difference)} ${reason.title}: points beyond 0 and 100 don't count`;
    case 'weight':
      return `${signed(reason.difference)} ${reason.title}: its weight (${percent(reason.shares.a)} → ${percent(reason.shares.b)})`;
    default:
      return reason satisfies never;
  }
};
