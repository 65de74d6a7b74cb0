import type {
  AnswerOutcome,
  Confirmation,
  NextQuestion,
  NextQuestions,
  Outcome,
} from '../../shared/advice/index.ts';
import { createNames, type Names } from '../../shared/advice/index.ts';
import { sameAction } from '../../shared/funnel/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { groupAlternatives, orList } from './alternatives.ts';
import { valueWords } from './class-words.ts';

export const outcomeWords = ({ status, tier, score }: Pick<Outcome, 'status' | 'tier' | 'score'>): string => {
  if (status === 'disqualified') return 'disqualified';
  return `${tier === 'none' ? 'no tier' : tier} (${score})`;
};

const answerWords = (all: readonly AnswerOutcome[], like: AnswerOutcome): string => {
  const same = all.filter((one) => outcomeWords(one) === outcomeWords(like));
  const ways = groupAlternatives(all, same).map(({ values, wording }) =>
    [values, wording].filter((part) => part !== undefined).join(', '),
  );
  return `${orList(ways) || 'any answer'} → ${outcomeWords(like)}`;
};

const potentialWords = ({ potential }: NextQuestion): string[] => {
  const [now, ...later] = potential;
  if (now !== undefined && now.points > 0) return [`with other answers up to ${now.points} points`];
  const first = later.find(({ points }) => points > 0);
  return first === undefined ? [] : [`from stage ${first.stage} on up to ${first.points} points`];
};

const effectWords = (next: NextQuestion, present: Outcome): string => {
  const { best, worst, outcomes, couldDisqualify, couldRequalify, tiersApart, swing } = next;
  if (present.status === 'disqualified' && !couldRequalify) return 'leaves it disqualified';
  if (tiersApart === 0 && swing === 0) {
    const changesAction = outcomes.some(({ action }) => !sameAction(action, present.action));
    const effect = changesAction ? 'changes no score, but what is to be done' : 'changes nothing by itself';
    return [effect, ...potentialWords(next)].join('; ');
  }
  return [
    `at best ${answerWords(outcomes, best)}`,
    `at worst ${answerWords(outcomes, worst)}`,
    ...(couldDisqualify ? ['could disqualify'] : []),
    ...(couldRequalify ? ['could lift the disqualification'] : []),
  ].join('; ');
};

const confirmWords = ({ question, since, ...answer }: Confirmation, names: Names): string =>
  `confirm "${names.question(question)}", answered ${valueWords(answer)} on ${new Date(since).toISOString().slice(0, 10)}  if it still holds → ${outcomeWords(answer)}`;

const questionsWords = (names: Names, { present, questions }: NextQuestions, most: number): string[] => {
  if (questions.length === 0) {
    return ['nothing is left to ask: every question that the model reads is answered'];
  }
  const lines = questions
    .slice(0, most)
    .map((next, i) => `${i + 1}. "${names.question(next.question)}"  ${effectWords(next, present)}`);
  const left = questions.length - lines.length;
  return left > 0 ? [...lines, `and ${left} more that decide less`] : lines;
};

/**
 * Returns the questions to ask next, a line each, such as `1. "Is there money for it?"  at best approved → good (62.5);
 * at worst none → risky (41)`. The answers to confirm, since they are old, follow.
 *
 * @param most how many of the questions, and of the answers to confirm, those that decide most first
 */
export const askNextWords = (model: ScoringModel, next: NextQuestions, most = 10): string[] => {
  const names = createNames(model.document);
  return [
    ...questionsWords(names, next, most),
    ...next.confirm.slice(0, most).map((confirmation) => confirmWords(confirmation, names)),
  ];
};
