import { showValue } from '../../events/index.ts';
import type { WithoutPoints } from '../../shared/advice/index.ts';
import { heading, type Line } from '../output/line.ts';
import { describeUnread } from '../unread/unread-words.ts';

const whyWords = (fact: WithoutPoints): string => {
  switch (fact.what) {
    case 'name':
    case 'value':
      return describeUnread(fact);
    case 'old':
      return `last on ${new Date(fact.last).toISOString().slice(0, 10)}; counts for ${fact.withinDays} days`;
    case 'decayed':
      return `nothing is left of its points; last on ${new Date(fact.last).toISOString().slice(0, 10)}`;
    case 'rules':
      return 'no rule gives points for it as it is';
    default:
      return fact satisfies never;
  }
};

/** Returns a line for each fact that is known and gives no points, with the reason; typing errors first. */
export const withoutPointsWords = (facts: readonly WithoutPoints[], most: number): Line[] => {
  if (facts.length === 0) return [];
  const order = ['name', 'value', 'old', 'decayed', 'rules'];
  const sorted = [...facts].sort((a, b) => order.indexOf(a.what) - order.indexOf(b.what));
  const left = sorted.length - most;
  return [
    '',
    heading('Known, gives no points:'),
    ...sorted.slice(0, most).map((fact) => {
      const value = fact.value === undefined ? '' : ` ${showValue(fact.value)}`;
      return `    ${fact.bag}.${fact.name}${value}: ${whyWords(fact)}`;
    }),
    ...(left > 0 ? [`    and ${left} more; --json lists all`] : []),
  ];
};
