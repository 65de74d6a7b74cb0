import { type Explanation, isExampleFigure, type Lane, letters } from '../../shared/scoring/index.ts';

const bantWords = ({ bant }: Explanation): string[] => {
  if (bant === undefined) return [];
  if (letters.every((letter) => bant[letter] === 'unknown')) return ['BANT: nothing asked yet.'];
  const each = letters.map((letter) => `${letter} ${bant[letter]}`).join(', ');
  return [`BANT: ${each}; overall ${bant.met}.`];
};

const slideWords = ({ slide }: Explanation): string[] => {
  if (slide === undefined) return [];
  const titles = (status: string) =>
    slide.statuses.filter((part) => part.status === status).map(({ title }) => title.toLowerCase());
  const lacking = [
    ...(titles('missing').length > 0 ? [`missing: ${titles('missing').join('; ')}`] : []),
    ...(titles('partial').length > 0 ? [`only in part: ${titles('partial').join('; ')}`] : []),
  ];
  const ready = { yes: 'ready for a demo', no: 'not ready for a demo', unknown: 'not ready for a demo yet' };
  const count = `${slide.parts} of ${slide.statuses.length} parts, ${slide.threshold} are enough`;
  return [
    `Situation slide (what to know before a demo): ${ready[slide.demoReady]} (${count})${lacking.length > 0 ? `; ${lacking.join('; ')}` : ''}.`,
  ];
};

/** Returns in words from how many customers the figures that are shown were measured, or that they are made up. */
const basisWords = (figures: Lane['figures']): string => {
  const { successPercent, customers } = figures;
  if (isExampleFigure(figures, successPercent === undefined ? 'churnPercent' : 'successPercent'))
    return ' (example figures)';
  if (customers === undefined) return '';
  return customers === 1 ? ' (of 1 customer)' : ` (of ${customers} customers)`;
};

const figureWords = (figures: Lane['figures']): string => {
  const { successPercent, churnPercent } = figures;
  const shown = [
    ...(successPercent === undefined ? [] : [`${successPercent} % of its customers succeed`]),
    ...(churnPercent === undefined ? [] : [`${churnPercent} % leave`]),
  ].join(', ');
  return shown === '' ? '' : `${shown}${basisWords(figures)}`;
};

const laneWords = ({ lane }: Explanation): string[] => {
  if (lane === undefined) return [];
  if (lane === 'none') return ['Lane (market segment): none of ours.'];
  const wanted = lane.pursued ? '' : ', which we do not pursue';
  const figures = figureWords(lane.figures);
  return [
    `Lane (market segment): ${lane.title} (${lane.kind}${wanted})${figures === '' ? '' : `; ${figures}`}.`,
  ];
};

const counted = (count: number, what: string): string[] => (count === 0 ? [] : [`${count} ${what}`]);

const answeringWords = ({ answering }: Explanation): string[] => {
  if (answering === undefined) return [];
  const { answered, short, long, specific, changed, contradictions } = answering;
  if (answered === 0 && changed.length === 0 && contradictions.length === 0) return [];
  const how = [
    ...counted(specific, 'specific'),
    ...counted(long, 'at length'),
    ...counted(short, 'too short'),
  ].join(', ');
  const noun = answered === 1 ? 'open question' : 'open questions';
  return [
    `Answers: ${answered} ${noun} answered in words${how === '' ? '' : `, of these ${how}`}.`,
    ...changed.map(
      ({ text, earlier, now, at }) =>
        `  It contradicts itself: to "${text}" it answers ${JSON.stringify(now)} since ${new Date(at).toISOString().slice(0, 10)}, and ${JSON.stringify(earlier)} before.`,
    ),
    ...contradictions.map(({ text }) => `  It contradicts itself: it ${text}.`),
  ];
};

/** Returns a sentence each on BANT, the situation slide, the lane and the answers, as far as the model has them. */
export const sectionWords = (explanation: Explanation): string[] => [
  ...bantWords(explanation),
  ...slideWords(explanation),
  ...laneWords(explanation),
  ...answeringWords(explanation),
];
