import { isMissed, listParts, type Part, type TimeChange, type Upcoming } from '../../shared/as-of/index.ts';
import { computeDirection } from '../../shared/funnel/index.ts';
import { actionWords } from '../explain/standing-words.ts';
import { shortAction } from '../people/action-words.ts';
import { spellInstant } from '../text/format-instant.ts';

const tierWords = ({ before, after }: TimeChange): string => {
  const verb = computeDirection(before.tier, after.tier) === 'up' ? 'rises' : 'falls';
  return `${verb} to ${after.tier === 'none' ? 'no tier' : after.tier}`;
};

const statusWords = ({ before, after }: TimeChange): string[] => {
  // Disqualifications have words of their own.
  if (before.status === 'disqualified' || after.status === 'disqualified') return [];
  return [after.status === 'recycled' ? 'is recycled' : 'is no longer recycled'];
};

const demoWords = ({ before, after }: TimeChange): string => {
  if (after.demoReady === true) return 'is ready for a demo';
  if (before.demoReady === true) return 'is no longer ready for a demo';
  return after.demoReady === false ? 'is known not to be ready for a demo' : 'may be ready for a demo';
};

const overrideWords = ({ after: { overridden } }: TimeChange): string =>
  overridden === undefined
    ? 'is no longer overridden by a person'
    : `is, by the model alone, at ${overridden.tier === 'none' ? 'no tier' : `tier ${overridden.tier}`}`;

/** Returns what a part of a change is in words, without the action, as predicates of the lead. */
const predicates = (part: Part, change: TimeChange): string[] => {
  const { disqualification, stage, heldBack } = change.after;
  switch (part) {
    case 'disqualification':
      return [
        disqualification === undefined
          ? 'is no longer disqualified'
          : `is disqualified, since it ${disqualification.text}`,
      ];
    case 'tier':
      return [tierWords(change)];
    case 'stage':
      return [`moves to stage ${stage}`];
    case 'status':
      return statusWords(change);
    case 'heldBack':
      return [
        heldBack === true
          ? 'is held back from a hand-off, since too little is known of it'
          : 'is no longer held back from a hand-off',
      ];
    case 'demoReady':
      return [demoWords(change)];
    case 'overridden':
      return [overrideWords(change)];
    case 'action':
      return [];
    default:
      return part satisfies never;
  }
};

const changePredicates = (change: TimeChange): string[] =>
  listParts(change).flatMap((part) => predicates(part, change));

/** Returns what happens in a few words, without its time, for lists. */
export const shortUpcoming = (next: Upcoming): string => {
  switch (next.kind) {
    case 'change':
      return changePredicates(next).join(', ') || `next action: ${shortAction(next.after.action)}`;
    case 'settled':
      return 'its history is loaded';
    case 'erased':
      return 'is erased';
    case 'handoffDue':
      return `hand-off to ${next.queue} is due`;
    case 'nurtureStart':
      return `nurture ${next.track} begins`;
    default:
      return next satisfies never;
  }
};

const capitalize = (clause: string): string => `${clause[0]?.toUpperCase()}${clause.slice(1)}`;

const changeSentence = (change: TimeChange): string => {
  const said = changePredicates(change);
  const on = `on ${spellInstant(change.at)}, if nothing happens`;
  const action = actionWords(change.after.action);
  if (said.length === 0) return `Its next action becomes ${action} ${on}.`;
  const then = listParts(change).includes('action') ? `; its next action is then ${action}` : '';
  return `${capitalize(said.join(' and '))} ${on}${then}.`;
};

/** Returns a sentence on what happens to a lead by itself. @param now the instant as of which the sentence holds */
export const upcomingSentence = (next: Upcoming, now: number): string => {
  const on = spellInstant(next.at);
  switch (next.kind) {
    case 'change':
      return changeSentence(next);
    case 'settled':
      return `Its history is being loaded; how it stands by it is announced on ${on}, if no more of it comes.`;
    case 'erased':
      return `Is erased on ${on}, if nothing is heard of it until then.`;
    case 'handoffDue':
      return isMissed(next, now)
        ? `Its hand-off to queue "${next.queue}" was to be answered by ${on}, and still waits.`
        : `Its hand-off to queue "${next.queue}" is to be answered by ${on}.`;
    case 'nurtureStart':
      return `It waits for nurture on track "${next.track}", which begins on ${on}.`;
    default:
      return next satisfies never;
  }
};
