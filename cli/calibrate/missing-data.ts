import { outcomes } from '../../events/index.ts';
import { type DataSet, formatOutcomeRule, listNamed, type Task } from '../../shared/outcomes/index.ts';
import { formatCount } from '../text/format-count.ts';

const listOutcomes = ({ outcomes: counted }: DataSet): string => {
  const found = outcomes.filter((outcome) => counted[outcome] > 0);
  return found.length === 0
    ? 'no outcome at all'
    : found.map((outcome) => `${outcome} of ${formatCount(counted[outcome], 'lead')}`).join(', ');
};

/** Returns why there is nothing to learn from, in sentences for the user; empty if there is something. */
export const explainMissing = (data: DataSet, { rule }: Task): string[] => {
  if (data.leads === 0) return ['there is no lead in the data'];
  const named = listNamed(rule);
  if (named.every((outcome) => data.outcomes[outcome] === 0)) {
    return [
      `no event records ${named.join(', ')}, which the rule "${formatOutcomeRule(rule)}" names: the data has ${listOutcomes(data)}; ` +
        'send outcomes as LeadOutcomeRecorded',
    ];
  }
  return data.rows.length === 0
    ? [`none of ${formatCount(data.leads, 'lead')} can be learnt from; what was left out, and why, is above`]
    : [];
};
