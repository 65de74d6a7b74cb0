import { listNamesRead, type ModelDocument } from '../../../../shared/scoring/index.ts';

/** A value that a form can give. */
type Plain = string | number | boolean;

/** A fact that a model reads, as a form asks for it. */
export interface Field {
  readonly bag: 'answers' | 'attributes' | 'activities';
  readonly name: string;
  /** The question, the title of the attribute, or what the lead does, to follow "the lead". */
  readonly label: string;
  readonly kind: 'choice' | 'number' | 'yesNo' | 'list' | 'text' | 'count';
  /** All values that there are, of a choice and a list. */
  readonly values: readonly Plain[];
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

type Described =
  | NonNullable<ModelDocument['questions']>[string]
  | NonNullable<ModelDocument['attributes']>[string];

const describe = (
  bag: Field['bag'],
  name: string,
  label: string | undefined,
  described: Described | undefined,
): Field => ({
  bag,
  name,
  label: label ?? name,
  kind: described?.kind ?? 'text',
  values: described !== undefined && 'values' in described ? described.values : [],
  ...(described?.kind === 'number' && { from: described.from, to: described.to }),
});

const find = <T>(of: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  of !== undefined && Object.hasOwn(of, name) ? of[name] : undefined;

/** Lists the facts that a model reads: questions, attributes and activities, with their values if it names them all. */
export const listFields = (document: ModelDocument): Field[] => {
  const read = listNamesRead(document);
  const { questions, attributes, activities } = document;
  return [
    ...[...read.answers].map((name) => {
      const question = find(questions, name);
      return describe('answers', name, question?.text, question);
    }),
    ...[...read.attributes].map((name) => {
      const attribute = find(attributes, name);
      return describe('attributes', name, attribute?.title, attribute);
    }),
    ...[...read.activities].map(
      (name): Field => ({
        bag: 'activities',
        name,
        label: find(activities, name) ?? name,
        kind: 'count',
        values: [],
      }),
    ),
  ];
};
