import { heading, type Line } from '../../output/line.ts';
import { formatCount } from '../../text/format-count.ts';
import { formatInstant } from '../../text/format-instant.ts';
import type { ComparedModel, Comparison, LeftOut } from '../comparison.ts';
import { computeWinRates } from '../win-rates.ts';
import { formatDisqualified, formatHandoffs, formatNurture, formatStages } from './format-actions.ts';
import { formatFlows, shareOf, sumFlows } from './format-flows.ts';
import { formatMoves } from './format-moves.ts';
import { formatScores } from './format-scores.ts';
import { formatWins } from './format-wins.ts';

const sameForBoth =
  "Both models judge the same facts at the same instant and from the same tier before, so each difference comes from the models. What people have set by hand doesn't count.";

const sources: Readonly<Record<Comparison['source'], string>> = {
  events: sameForBoth,
  leads: sameForBoth,
  shadow:
    "A is the model in use, B the shadow: both as they judged each lead last. What people have set by hand doesn't count.",
};

const formatLeftOut = ({ erased, unknown, unshadowed, notRescored, actionsWait }: LeftOut): string[] => {
  const parts = [
    ...(erased === 0 ? [] : [`${erased} erased`]),
    ...(unknown === 0 ? [] : [`${unknown} of which nothing had happened by then`]),
    ...(unshadowed === 0 ? [] : [`${unshadowed} that the shadow hasn't judged yet`]),
    ...(notRescored === 0 ? [] : [`${notRescored} that the model in use hasn't rescored yet`]),
  ];
  return [
    ...(parts.length === 0 ? [] : [`Leads left out: ${parts.join(', ')}.`]),
    ...(actionsWait === 0
      ? []
      : [
          `Compared without actions: ${formatCount(actionsWait, 'lead')} whose actions by the model in use wait for the next event.`,
        ]),
  ];
};

/** Returns the version of a model, and the file or the part that it was named by, if that is another name. */
const nameModel = ({ version, name }: ComparedModel): string =>
  version === name ? version : `${version} (${name})`;

const formatHead = ({ models: { a, b }, source, at, tally, leftOut }: Comparison): Line[] => {
  const { leads, moved, flows } = tally;
  const { up, down } = sumFlows(flows);
  const others = moved - up - down;
  return [
    `A: ${nameModel(a)}`,
    `B: ${nameModel(b)}`,
    '',
    `${formatCount(leads, 'lead')} as of ${formatInstant(at)}. ${sources[source]}`,
    ...formatLeftOut(leftOut),
    '',
    moved === 0
      ? 'No lead moves.'
      : `${formatCount(moved, 'lead')} would move (${shareOf(moved, leads)}): ${up} to a better tier, ${down} to a worse one, ${others} in stage, action or disqualification alone.`,
  ];
};

const section = (title: string, lines: readonly Line[]): Line[] =>
  lines.length === 0 ? [] : ['', heading(title), '', ...lines];

/** The most leads that are listed with their reasons. */
const mostShown = 10;

/** Returns a comparison as lines of sentences and tables for people in marketing and sales. */
export const formatComparison = (comparison: Comparison): Line[] => {
  const { tally, moves, source } = comparison;
  return [
    ...formatHead(comparison),
    ...section('Tiers, by A in rows and by B in columns', formatFlows(tally)),
    ...section('Leads that move most', formatMoves(moves, mostShown, tally.moved)),
    ...section('Hand-offs to sales', formatHandoffs(tally)),
    ...section('Nurture', formatNurture(tally)),
    ...(source === 'shadow' ? [] : section('Disqualified', formatDisqualified(tally))),
    ...section('Stages', formatStages(tally)),
    ...(source === 'shadow'
      ? []
      : section('Deals won, by the tier just before the deal ended', formatWins(computeWinRates(tally)))),
    ...section('Scores', formatScores(tally)),
  ];
};
