import { formatNumber } from '../../parts/numbers.ts';
import { texts } from '../../texts/texts.ts';
import type { Flow, FlowEnd } from './flows.ts';

/** Returns the name of a stage, or of what is outside the funnel. */
export const nameOfPlace = (place: FlowEnd): string => {
  const { funnel, words } = texts.value;
  if (place === 'new') return funnel.new;
  return place === 'left' ? funnel.left : words.stages[place];
};

/** Returns a flow as a sentence, such as `Lead → Qualified by marketing: 36 leads, Good`. */
export const sayFlow = ({ from, to, tier, count }: Flow): string => {
  const { funnel, words } = texts.value;
  return funnel.flow(nameOfPlace(from), nameOfPlace(to), formatNumber(count), words.tiers[tier]);
};
