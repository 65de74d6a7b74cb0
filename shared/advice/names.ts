import type { ModelDocument } from '../scoring/index.ts';

/** Returns functions that give the text of a question, attribute or activity; without a text in the model, its name. */
export const createNames = ({ questions = {}, attributes = {}, activities = {} }: ModelDocument) => ({
  question: (name: string): string =>
    Object.hasOwn(questions, name) ? (questions[name]?.text ?? name) : name,
  attribute: (name: string): string =>
    Object.hasOwn(attributes, name) ? (attributes[name]?.title ?? name) : name,
  /** Returns the text of an activity, to follow "the lead". */
  activity: (name: string): string =>
    Object.hasOwn(activities, name) ? (activities[name] ?? name) : `did "${name}"`,
});

export type Names = ReturnType<typeof createNames>;
