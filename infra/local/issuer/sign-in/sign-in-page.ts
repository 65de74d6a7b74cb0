import { type Role, roles } from '../../../../events/api/index.ts';
import type { Answer } from '../../protocols/protocol.ts';
import type { SignInWords } from './sign-in-words.ts';

/** The path of the page's style. */
export const stylePath = '/local/sign-in.css';

/** The fields of the form. */
export type Field = 'role' | 'subject' | 'queues';

/** The form as it is shown. */
export interface SignInForm {
  /** The path and query to which it is sent. */
  readonly action: string;
  readonly role: Role;
  readonly subject: string;
  readonly queues: string;
  /** The fields that were filled in wrongly. */
  readonly wrong: readonly Field[];
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

const escapeText = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities.get(sign) ?? '');

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const pageAnswer = (status: number, { language }: SignInWords, title: string, main: string): Answer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    // Without a referrer a browser would send the form with the origin `null`, which is refused.
    'referrer-policy': 'same-origin',
  },
  body: `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
<link rel="stylesheet" href="${stylePath}">
</head>
<body>
<main>
<h1>${escapeText(title)}</h1>
${main}
</main>
</body>
</html>
`,
});

const showChoice = (role: Role, words: SignInWords, { role: chosen }: SignInForm): string => {
  const { name, about } = words.roles[role];
  const checked = role === chosen ? ' checked' : '';
  return `<label class="choice"><input type="radio" name="role" value="${role}"${checked} required>
<span>${escapeText(name)}<small>${escapeText(about)}</small></span></label>`;
};

interface TextField {
  readonly name: Field;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** The sentence that says what is wrong with the value; empty if nothing is. */
  readonly wrong: string;
  readonly attributes: string;
}

const showText = ({ name, label, hint, value, wrong, attributes }: TextField): string => {
  const problem = wrong === '' ? '' : `<p class="wrong" id="${name}-wrong">${escapeText(wrong)}</p>`;
  const state = wrong === '' ? '' : ' aria-invalid="true"';
  const described = `${wrong === '' ? '' : `${name}-wrong `}${name}-hint`;
  return `<div class="field">
<label for="${name}">${escapeText(label)}</label>
<input id="${name}" name="${name}" value="${escapeText(value)}" aria-describedby="${described}"${state} ${attributes}>
${problem}<span class="hint" id="${name}-hint">${escapeText(hint)}</span>
</div>`;
};

/** Returns the page on which somebody chooses who they are. It has no script. */
export const signInPage = (words: SignInWords, form: SignInForm): Answer => {
  const wrongOf = (field: Field, text: string): string => (form.wrong.includes(field) ? text : '');
  const roleWrong = wrongOf('role', words.roleWrong);
  const subject: TextField = {
    name: 'subject',
    label: words.subject,
    hint: words.subjectHint,
    value: form.subject,
    wrong: wrongOf('subject', words.subjectWrong),
    attributes: 'required maxlength="128" autocomplete="email" spellcheck="false"',
  };
  const queues: TextField = {
    name: 'queues',
    label: words.queues,
    hint: words.queuesHint,
    value: form.queues,
    wrong: wrongOf('queues', words.queuesWrong),
    attributes: 'autocomplete="off" autocapitalize="none" spellcheck="false"',
  };
  const main = `${form.wrong.length === 0 ? '' : `<p class="wrong" role="alert">${escapeText(words.wrong)}</p>`}
<p>${escapeText(words.intro)}</p>
<form method="post" action="${escapeText(form.action)}">
<fieldset>
<legend>${escapeText(words.role)}</legend>
${roleWrong === '' ? '' : `<p class="wrong">${escapeText(roleWrong)}</p>`}
${[...roles]
  .reverse()
  .map((role) => showChoice(role, words, form))
  .join('\n')}
</fieldset>
${showText(subject)}
${showText(queues)}
<button type="submit">${escapeText(words.signIn)}</button>
</form>`;
  return pageAnswer(form.wrong.length === 0 ? 200 : 400, words, words.title, main);
};

/** Returns the page that says that a request isn't valid. Nobody is sent anywhere by it. */
export const refusalPage = (words: SignInWords, message: string): Answer =>
  pageAnswer(400, words, words.refused, `<p>${escapeText(message)}</p>`);

/** Returns the page that says that somebody is signed out. */
export const signedOutPage = (words: SignInWords): Answer =>
  pageAnswer(200, words, words.signedOut, `<p><a href="/console/">${escapeText(words.toConsole)}</a></p>`);
