import { roles } from '../../../../events/api/index.ts';
import { type LocalPerson, personFields } from '../person.ts';
import type { Field, SignInForm } from './sign-in-page.ts';

/** The suggestions of the form: somebody who may do everything, and the queues of the shipped model. */
export const suggested = {
  role: 'admin',
  subject: 'jane@example.com',
  queues: 'sales sales-priority',
} as const;

const wordsOf = (text: string): string[] => text.split(/[\s,;]+/).filter((word) => word !== '');

/** A person, or the form with what is wrong marked. */
export type ReadForm =
  | { readonly ok: true; readonly person: LocalPerson }
  | { readonly ok: false; readonly form: SignInForm };

/** Reads the form that a browser has sent. Queues are those of a salesperson only. */
export const readForm = (fields: URLSearchParams, action: string): ReadForm => {
  const textOf = (name: Field): string => fields.get(name)?.trim() ?? '';
  const subject = personFields.subject.safeParse(textOf('subject'));
  const role = roles.find((one) => one === textOf('role'));
  const queues = personFields.queues.safeParse(role === 'seller' ? wordsOf(textOf('queues')) : []);
  if (subject.success && role !== undefined && queues.success)
    return { ok: true, person: { role, subject: subject.data, queues: queues.data } };
  const wrong: Field[] = [
    ...(role === undefined ? (['role'] as const) : []),
    ...(subject.success ? [] : (['subject'] as const)),
    ...(queues.success ? [] : (['queues'] as const)),
  ];
  const given = { subject: textOf('subject'), queues: textOf('queues'), role: role ?? suggested.role };
  return { ok: false, form: { action, ...given, wrong } };
};
