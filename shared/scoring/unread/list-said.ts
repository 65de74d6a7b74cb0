import type { Facts } from '../facts.ts';
import type { Said } from './find-unread.ts';

const listValues = (bag: 'attributes' | 'answers', values: Facts['attributes'] | Facts['answers']): Said[] =>
  Object.entries(values).flatMap(([name, [value]]): Said[] => (value === null ? [] : [{ bag, name, value }]));

/** Lists all that facts hold about a lead, without what was cleared. */
export const listSaid = ({ attributes, answers, activities }: Facts): Said[] => [
  ...listValues('attributes', attributes),
  ...listValues('answers', answers),
  ...Object.keys(activities).map((name): Said => ({ bag: 'activities', name })),
];
