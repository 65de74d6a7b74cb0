import { listFirst } from '../../../shared/suggest/index.ts';
import { guessDate } from './guess-date.ts';
import { guessNumber } from './guess-number.ts';
import { guessers } from './guess-values.ts';
import type { Profile } from './profile.ts';
import { emailType, outcomeOf, seniority } from './profiles/shared.ts';
import type { Table } from './read-table.ts';

/** Returns a name of a column as words in lower case: "contactID" and "Contact Id" are "contact id". */
const toWords = (name: string): string =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();

/** Returns a name that an attribute may have: "Lead Source" is "leadSource". */
const toAttribute = (name: string): string | undefined => {
  const [first, ...others] = toWords(name.normalize('NFKD').replace(/\p{M}/gu, ''))
    .split(' ')
    .map((word) => word.replace(/[^a-z0-9]/g, ''))
    .filter((word) => word !== '');
  if (first === undefined || !/^[a-z]/.test(first)) return undefined;
  return [first, ...others.map((word) => word.charAt(0).toUpperCase() + word.slice(1))]
    .join('')
    .slice(0, longestAttribute);
};

/**
 * Parts of the names of columns that say who a person is or where to find one, which no model needs: first those that
 * are part of a longer word too (Surname, Lieferadresse), then those that are whole words only (Ort, not Sortiment).
 */
const personalParts =
  /nam(?:e|es|en)\d*(?!\p{L})|phone|telefon|e ?mail|courriel|addres|adres|direccion|stra(?:ss|ß)e|street|postcode|post ?leit|birth|geburt|wohnort|linkedin|twitter|facebook|instagram|skype|whatsapp/u;
const personalWords =
  /(?<!\p{L})(?:first|last|given|prenom|nom|nombre|apellidos?|anrede|salutation|tel|fax|cell|mobile?|handy|zip(?: ?code)?|plz|city|ort|town|stadt|ville|rue|calle|postal|dob|ssn|iban|notes?|notizen|description|comments?)(?!\p{L})/u;

/** Whether a column's name or its texts say who a person is. */
const isPersonal = (name: string, texts: readonly string[]): boolean => {
  const words = toWords(name.normalize('NFKD').replace(/\p{M}/gu, ''));
  return (
    personalParts.test(words) ||
    personalWords.test(words) ||
    texts.some((text) => /^\S+@\S+\.\S+$/.test(text))
  );
};

const idNames = [
  /^(?:lead|contact|person|customer|user|record|opportunity|deal) ?id$/,
  /^id$/,
  /\bid$/,
  /^e ?mail/,
];
const dateNames = /\b(?:date|time|created|modified|updated|at|on|since|when)\b/;
const createdNames = /\b(?:created?|creation|added|signed|sign|registered|first)\b/;
const stageNames = /\b(?:stage|status|lifecycle)\b/;

/** The most texts of a column that is a list of choices. */
const mostChoices = 50;
const mostAttributes = 30;
const longestAttribute = 64;
/** The most columns that a remark lists. */
const mostListed = 20;
/** In a file of fewer rows, texts that are there once say nothing. */
const fewRows = 20;
const longestValue = 1_000;

/** Returns the share of texts that a function knows. */
const shareKnown = (values: readonly string[], guess: (text: string) => string | undefined): number =>
  values.length === 0 ? 0 : values.filter((text) => guess(text) !== undefined).length / values.length;

interface NamedColumn {
  readonly name: string;
  readonly attribute: string;
}

/**
 * Names the attribute of each column, with a number behind it if another column or the profile has it already, and
 * leaves out those that are too many.
 */
const nameApart = (columns: readonly NamedColumn[], own: readonly string[]) => {
  const all = new Set([...own, ...columns.map(({ attribute }) => attribute)]);
  const used = new Set(own);
  const remarks: string[] = [];
  const named = columns.slice(0, mostAttributes).map(({ name, attribute }) => {
    let unique = attribute;
    for (let number = 2; used.has(unique) || (unique !== attribute && all.has(unique)); number += 1) {
      unique = attribute.slice(0, longestAttribute - String(number).length) + number;
    }
    used.add(unique);
    if (unique !== attribute) {
      remarks.push(`${name}: ${attribute} is another column; the attribute is ${unique}`);
    }
    return { name, attribute: unique };
  });
  const left = columns.slice(mostAttributes).map(({ name }) => name);
  if (left.length > 0) {
    const listed = listFirst(left, mostListed);
    remarks.push(`only the first ${mostAttributes} columns became attributes; left out: ${listed}`);
  }
  return { named, remarks };
};

/** Builds the profile of a file that no CRM is known for, from the names of its columns and their values. */
export const buildProfile = ({ names, values, rows }: Table): Profile => {
  const textsOf = (name: string) => values.get(name) ?? [];
  const isUnique = (name: string) => textsOf(name).length === rows && new Set(textsOf(name)).size === rows;
  const ids = [
    ...idNames.flatMap((pattern) =>
      names.filter((name) => pattern.test(toWords(name)) && textsOf(name).length > 0),
    ),
    ...names.filter(isUnique),
    ...names,
  ];
  const leadId = ids.find((name) => textsOf(name).length === rows) ?? ids[0] ?? '';
  const dates = names.filter(
    (name) => name !== leadId && guessDate(textsOf(name), dateNames.test(toWords(name))) !== undefined,
  );
  const created = dates.filter((name) => createdNames.test(toWords(name)));
  const title = names.find((name) => /\b(?:job )?title\b|\bposition\b/.test(toWords(name)));
  const email = names.find((name) => /^e ?mail|\be ?mail( address)?$/.test(toWords(name)));
  const choices = names.filter((name) => new Set(textsOf(name)).size <= mostChoices && !dates.includes(name));
  const named = choices.filter((name) => stageNames.test(toWords(name)));
  const outcome = choices.find((name) => shareKnown(textsOf(name), guessers.outcome) > 0.2);
  const stage = named.find((name) => name !== outcome && shareKnown(textsOf(name), guessers.stage) > 0.2);
  const amount = names.find(
    (name) => /\b(?:amount|value|revenue|price)\b/.test(toWords(name)) && guessNumber(textsOf(name)),
  );
  const used = new Set([leadId, title, email, stage, outcome, ...dates]);
  const own = {
    ...(title !== undefined && { jobTitle: title, seniority: seniority(title) }),
    ...(email !== undefined && { emailType: emailType(email) }),
  };
  const candidates = names
    .filter((name) => !used.has(name) && !isPersonal(name, textsOf(name)) && !/\bid$/.test(toWords(name)))
    .filter((name) => textsOf(name).length > 0 && textsOf(name).every((text) => text.length <= longestValue))
    .filter((name) => rows < fewRows || !isUnique(name) || guessNumber(textsOf(name)) !== undefined)
    .flatMap((name) => {
      const attribute = toAttribute(name);
      return attribute === undefined ? [] : [{ name, attribute }];
    });
  const { named: attributes, remarks } = nameApart(candidates, Object.keys(own));
  const all = {
    ...Object.fromEntries(
      attributes.map(({ name, attribute }) => [
        attribute,
        guessNumber(textsOf(name)) === undefined ? name : { column: name, type: 'number' },
      ]),
    ),
    ...own,
  };
  const events: Profile['events'] = [
    ...(Object.keys(all).length > 0 ? [{ type: 'LeadProfileUpdated', attributes: all } as const] : []),
    ...(stage === undefined
      ? []
      : [{ type: 'LeadStageChanged', stage: { column: stage, values: {}, otherwise: 'omit' } } as const]),
    ...(outcome === undefined
      ? []
      : [
          {
            type: 'LeadOutcomeRecorded',
            outcome: outcomeOf(outcome),
            ...(amount !== undefined && { amount: { column: amount, min: 0, outside: 'omit' } as const }),
          } as const,
        ]),
  ];
  return {
    name: 'a file that is none of the known exports',
    source: 'crm.export',
    marks: [],
    remarks,
    spellings: {},
    leadIds: [leadId],
    dates: [...created, ...dates],
    events:
      events.length > 0
        ? events
        : [{ type: 'LeadActivityRecorded', activity: { fixed: 'signed_up' } } as const],
  };
};
