import type {
  Change,
  Goal,
  RequiredChange,
  RequiredSet,
  Requirements,
  Said,
  Shortfall,
} from '../../shared/advice/index.ts';
import { createNames, type Names } from '../../shared/advice/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { type Alternatives, groupAlternatives, orList } from './alternatives.ts';
import { outcomeWords } from './ask-next-words.ts';
import { valueWords } from './class-words.ts';

const isSaid = (change: Change): change is Said => change.kind !== 'activity';

const isAnother = (change: Change): change is Said => isSaid(change) && !change.confirms;

/** Returns the values of a change in words. */
const listAlternatives = ({ among, anyOf }: RequiredChange): Alternatives[] =>
  groupAlternatives(among.filter(isAnother), anyOf.filter(isAnother));

/** Returns the known value that is to be confirmed, in words; undefined if it is to be another. */
const confirmedWords = ({ anyOf }: RequiredChange): string | undefined => {
  const known = anyOf.filter(isSaid).find(({ confirms }) => confirms);
  return known && valueWords(known);
};

const answerWords = (change: RequiredChange, names: Names): string => {
  const { name, effort } = change;
  const confirmed = confirmedWords(change);
  if (confirmed !== undefined) return `the lead confirms ${confirmed} to "${names.question(name)}"`;
  const verb = effort === 'unknown' ? 'answers' : 'now answers';
  const question = `"${names.question(name)}"`;
  const ways = listAlternatives(change).map(({ values, wording }) =>
    [values === undefined ? question : `${values} to ${question}`, wording]
      .filter((part) => part !== undefined)
      .join(' '),
  );
  return `the lead ${verb} ${orList(ways)}`;
};

const attributeWords = (change: RequiredChange, names: Names): string => {
  const { name, effort } = change;
  const title = names.attribute(name);
  const confirmed = confirmedWords(change);
  if (confirmed !== undefined) return `"${title}" is confirmed to be ${confirmed}`;
  const values = orList(listAlternatives(change).flatMap((way) => way.values ?? []));
  if (values === '') return `"${title}" becomes known`;
  return effort === 'unknown' ? `"${title}" is found to be ${values}` : `"${title}" becomes ${values}`;
};

const timesWords = ({ anyOf, orMore }: RequiredChange): string => {
  const counts = anyOf.flatMap((change) => (change.kind === 'activity' ? [change.count] : []));
  const [least = 1] = counts;
  if (orMore) return least === 1 ? '' : `, at least ${least} times from now on`;
  return `, ${orList(counts.map(String))} ${counts.at(-1) === 1 ? 'time' : 'times'} from now on`;
};

const changeWords = (change: RequiredChange, names: Names): string => {
  const { kind, name } = change;
  switch (kind) {
    case 'answer':
      return answerWords(change, names);
    case 'attribute':
      return attributeWords(change, names);
    case 'activity':
      return `the lead ${names.activity(name)}${timesWords(change)}`;
    default:
      return kind satisfies never;
  }
};

/** Returns the outcome of the changes in words, with "or more" if they leave a choice. */
const resultWords = ({ changes, atLeast }: RequiredSet): string => {
  const isChoice = changes.some(({ anyOf }) => anyOf.length > 1);
  return outcomeWords(atLeast).replace(/\)$/, isChoice ? ' or more)' : ')');
};

const changesWords = ({ changes }: RequiredSet, names: Names): string =>
  `- ${changes.map((change) => changeWords(change, names)).join(', and ')}`;

const goalWords = (goal: Goal): string =>
  goal.kind === 'requalified' ? 'the disqualification' : `${goal.tier} (${goal.score} or more)`;

/** Returns words on how far one or two changes get. */
const bestWords = (goal: Goal, { best, verdict }: Shortfall): string => {
  if (goal.kind === 'requalified') return '.';
  if (best === undefined) return '; one or two do not raise the score.';
  const found = verdict === 'unknown' ? ' found' : '';
  const which = best.changes.length === 1 ? `the best one${found} reaches` : `the best two${found} reach`;
  return `; ${which} ${outcomeWords(best.atLeast)}:`;
};

const verdictWords = (goal: Goal, { verdict }: Shortfall): string => {
  const verb = goal.kind === 'requalified' ? 'lifted' : 'reached';
  switch (verdict) {
    case 'needs-three-or-more':
      return `${goalWords(goal)} needs three or more changes${goal.kind === 'requalified' ? ' to be lifted' : ''}`;
    case 'unreachable':
      return `${goalWords(goal)} can't be ${verb} by any changes`;
    case 'unknown':
      return `no single change and no pair of changes was found by which ${goalWords(goal)} would be ${verb}`;
    default:
      return verdict satisfies never;
  }
};

const headWords = ({ goal, size, sets, shortfall }: Requirements): string => {
  if (goal === undefined) return 'It is excellent already: there is no tier above.';
  if (shortfall !== undefined) return `${verdictWords(goal, shortfall)}${bestWords(goal, shortfall)}`;
  const verb = goal.kind === 'requalified' ? 'lifted' : 'reached';
  const which = sets.length === 1 ? 'this' : 'any of these';
  const together = size === 1 ? which : `two changes together, ${which}`;
  return `${goalWords(goal)} would be ${verb} by ${together}:`;
};

/** Returns a line on the part of the search that was left out, if there is one. */
const cutWords = ({ exhaustive, pairs }: Requirements): string[] => {
  if (exhaustive) return [];
  const { untried = 0, of = 0 } = pairs ?? {};
  const which = untried === 0 ? '' : `${untried} of ${of} pairs of changes were not tried, so `;
  return [`The search was cut short: ${which}there may be others.`];
};

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * Returns sentences for people in marketing and sales on what would have to be true for the next tier; for a
 * disqualified lead, on what would lift the disqualification. If one or two changes are not enough, they say how far
 * these get.
 */
export const requirementWords = (model: ScoringModel, requirements: Requirements): string[] => {
  const { blocked, sets, more, shortfall } = requirements;
  const names = createNames(model.document);
  return [
    ...(blocked === undefined ? [] : [`It is blocked: disqualified, since it ${blocked.text}.`]),
    capitalized(headWords(requirements)),
    ...sets.map((set) => `${changesWords(set, names)} → ${resultWords(set)}`),
    ...(shortfall?.best === undefined ? [] : [changesWords(shortfall.best, names)]),
    ...(more ? ['- and by others with as many changes'] : []),
    ...cutWords(requirements),
  ];
};
