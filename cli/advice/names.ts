import type { ModelDocument } from '../../shared/scoring/index.ts';

/** Names as people know them, as far as the model says; a name by itself where it doesn't. */
export const namesOf = ({ questions = {}, attributes = {}, activities = {} }: ModelDocument) => ({
  question: (name: string): string =>
    Object.hasOwn(questions, name) ? (questions[name]?.text ?? name) : name,
  attribute: (name: string): string =>
    Object.hasOwn(attributes, name) ? (attributes[name]?.title ?? name) : name,
  /** Follows "the lead". */
  activity: (name: string): string =>
    Object.hasOwn(activities, name) ? (activities[name] ?? name) : `did "${name}"`,
});

export type Names = ReturnType<typeof namesOf>;
