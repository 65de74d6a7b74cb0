/** The answer of sales to a hand-off. */
export type Verdict = 'accepted' | 'rejected';

/** A hand-off that can be answered, as far as an answer needs it. */
export interface AnswerableHandoff {
  readonly id: string;
  readonly leadId: string;
  readonly name?: string | undefined;
}

type Named = Pick<AnswerableHandoff, 'name' | 'leadId'>;

/** Returns the name of the person to call, or else the id of the lead. */
export const nameOf = ({ name, leadId }: Named): string => name ?? leadId;

/** The most characters of a name within a sentence. */
const mostCharacters = 60;

/**
 * Returns the name for a sentence. It is isolated, so that a name from right to left doesn't turn the sentence around,
 * and short, so that the sentence can be read.
 */
export const nameInSentence = (handoff: Named): string => {
  const characters = [...nameOf(handoff)];
  const text =
    characters.length > mostCharacters ? `${characters.slice(0, mostCharacters).join('')}…` : nameOf(handoff);
  // U+2068 and U+2069 isolate; controls of direction within the name would end it too early.
  return `\u2068${text.replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '')}\u2069`;
};
