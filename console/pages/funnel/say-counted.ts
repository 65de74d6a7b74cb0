import { texts } from '../../texts/texts.ts';
import type { Counted } from './counted.ts';
import { nameOfPlace } from './say-flow.ts';

const sayCell = ({ figure, before, after, tier, stage, queue }: Counted): string => {
  const { funnel, words } = texts.value;
  const places = [before, after].flatMap((place) => (place === undefined ? [] : [nameOfPlace(place)]));
  const parts = [
    places.join(' → '),
    stage && words.stages[stage],
    tier && words.tiers[tier],
    queue && `\u2068${queue}\u2069`,
  ].filter(Boolean);
  return parts.length === 0 && figure !== 'improved' && figure !== 'worsened' ? funnel.all : parts.join(', ');
};

/** Returns the name of a figure with that of its cell, such as `Won: Excellent`. */
export const sayCounted = (counted: Counted): string =>
  [texts.value.funnel.figures[counted.figure], sayCell(counted)].filter(Boolean).join(': ');
