import type { LeadState } from '../lead/index.ts';
import { type Facts, foldCase, type ModelDocument, normaliseText } from '../scoring/index.ts';

type Attributes = Facts['attributes'];

/** A column of a list of leads: an attribute, or one that is made of several. */
export interface LeadColumn {
  readonly name: string;
  readonly title: string;
  /** Returns the text for a lead; undefined if nothing is known. */
  readonly read: (attributes: Attributes) => string | undefined;
}

/** Returns the value of an attribute as text; undefined if it isn't known, or blank. */
const readAttribute = (attributes: Attributes, name: string): string | undefined => {
  const value = Object.hasOwn(attributes, name) ? attributes[name]?.[0] : undefined;
  if (value === undefined || value === null) return undefined;
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  return text.trim() === '' ? undefined : text;
};

/** Returns a column for each attribute, with the titles of a model. */
const namedColumns = (names: readonly string[], document?: ModelDocument): LeadColumn[] =>
  names.map((name) => {
    const { attributes = {} } = document ?? {};
    const title = (Object.hasOwn(attributes, name) ? attributes[name]?.title : undefined) ?? name;
    return { name, title, read: (known) => readAttribute(known, name) };
  });

const withoutSpelling = (name: string): string => name.replace(/[_.:-]/g, '').toLowerCase();

/** Returns the first of some attributes that is known, whatever their letter case and separators are. */
const findFirst = (attributes: Attributes, names: readonly string[]): string | undefined => {
  for (const wanted of names) {
    for (const name of Object.keys(attributes)) {
      const text = withoutSpelling(name) === wanted ? readAttribute(attributes, name) : undefined;
      if (text !== undefined) return text;
    }
  }
  return undefined;
};

const readName = (attributes: Attributes): string | undefined => {
  const whole = findFirst(attributes, ['name', 'fullname']);
  if (whole !== undefined) return whole;
  const parts = [['firstname'], ['lastname']].flatMap((names) => findFirst(attributes, names) ?? []);
  return parts.length === 0 ? undefined : parts.join(' ');
};

const readCompany = (attributes: Attributes): string | undefined =>
  findFirst(attributes, ['company', 'companyname', 'account', 'accountname']);

/** Returns the owner of a lead, under the names that CRMs give this attribute; undefined if it isn't known. */
export const readOwner = (attributes: Attributes): string | undefined =>
  findFirst(attributes, ['owner', 'ownername', 'leadowner', 'contactowner']);

/** Returns an owner or a person as they are compared: neither spelling nor letter case counts. */
export const foldOwner = (name: string): string => foldCase(normaliseText(name));

/** The person behind a lead, and whose lead it is, as far as it is known. */
interface Person {
  readonly name?: string;
  readonly company?: string;
  readonly owner?: string;
}

/** Reads who a lead is from its attributes, under the names that CRMs give them. */
export const readPerson = (attributes: Attributes): Person => {
  const [name, company, owner] = [readName(attributes), readCompany(attributes), readOwner(attributes)];
  return {
    ...(name !== undefined && { name }),
    ...(company !== undefined && { company }),
    ...(owner !== undefined && { owner }),
  };
};

/** The columns of a model that names none, under the names that CRMs give these attributes. */
const usualColumns: readonly LeadColumn[] = [
  { name: 'name', title: 'name', read: readName },
  { name: 'company', title: 'company', read: readCompany },
  { name: 'owner', title: 'owner', read: readOwner },
];

interface ColumnProps {
  /** The attributes that the user asks for. */
  readonly asked?: readonly string[] | undefined;
  /** The models that judged the leads. */
  readonly models: readonly ModelDocument[];
}

/** Returns the columns to show: those that the user asks for, else those that the models name, else the usual ones. */
export const chooseColumns = ({ asked, models }: ColumnProps): readonly LeadColumn[] => {
  if (asked !== undefined) return namedColumns(asked, models[0]);
  const named = models.flatMap((model) => namedColumns(model.show ?? [], model));
  if (named.length === 0) return usualColumns;
  return named.filter(({ name }, i) => named.findIndex((other) => other.name === name) === i);
};

/** Returns the columns in which at least one of the leads has a text. */
export const filledColumns = (
  columns: readonly LeadColumn[],
  leads: readonly Pick<LeadState, 'facts'>[],
): LeadColumn[] =>
  columns.filter(({ read }) => leads.some(({ facts }) => read(facts.attributes) !== undefined));
