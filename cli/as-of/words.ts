import type { LeadAsOf } from '../../shared/as-of/index.ts';
import { formatInstant, spellInstant } from '../text/format-instant.ts';
import { shortUpcoming, upcomingSentence } from './upcoming-words.ts';

const until = {
  past: ', by what had happened until then',
  present: '',
  future: ', if nothing happens until then',
} as const satisfies Record<LeadAsOf['tense'], string>;

/** Returns the line that says as of when something is shown. */
export const asOfLine = ({ at, tense }: Pick<LeadAsOf, 'at' | 'tense'>): string =>
  `As of ${formatInstant(at)}${until[tense]}.`;

const meanwhileWords = ({ tense, meanwhile }: LeadAsOf): string[] => {
  if (meanwhile.length === 0) return [];
  const changes = meanwhile.map((change) => `${shortUpcoming(change)} on ${spellInstant(change.at)}`);
  const since =
    tense === 'present' ? 'By itself since its latest event, not announced yet' : 'By itself until then';
  return [`${since}: it ${changes.join('; ')}.`];
};

/** Returns sentences on the instant as of which a lead is shown, and on what time has changed until then. */
export const asOfWords = (lead: LeadAsOf): string[] => [asOfLine(lead), ...meanwhileWords(lead)];

/** Returns sentences on the instant as of which a lead is shown, and on what happens to it next by itself. */
export const timeWords = (lead: LeadAsOf): string[] => [
  ...asOfWords(lead),
  ...(lead.next.length === 0
    ? ['Nothing changes by itself.']
    : lead.next.map((next) => upcomingSentence(next, lead.at))),
];
