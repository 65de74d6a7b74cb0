import type { Role } from '../../../../events/api/index.ts';

/** The texts of the page on which somebody signs in on this machine. */
export interface SignInWords {
  readonly language: string;
  readonly title: string;
  readonly intro: string;
  readonly role: string;
  readonly roles: Readonly<Record<Role, { readonly name: string; readonly about: string }>>;
  readonly subject: string;
  readonly subjectHint: string;
  readonly queues: string;
  readonly queuesHint: string;
  readonly signIn: string;
  readonly wrong: string;
  readonly subjectWrong: string;
  readonly queuesWrong: string;
  readonly roleWrong: string;
  readonly signedOut: string;
  readonly toConsole: string;
  readonly refused: string;
}

const english: SignInWords = {
  language: 'en',
  title: 'Sign in to Sluice',
  intro:
    'This copy of Sluice runs on your own machine and asks for no password. Choose who you want to be. ' +
    'You can sign out and choose again at any time.',
  role: 'Sign in as',
  roles: {
    admin: { name: 'Administrator', about: 'does everything: scoring models, errors, deletions' },
    seller: { name: 'Salesperson', about: 'answers the leads that are handed to sales' },
    viewer: { name: 'Reader', about: 'looks at everything and changes nothing' },
  },
  subject: 'Your name or e-mail address',
  subjectHint: 'Under this name your decisions are recorded.',
  queues: 'Your queues',
  queuesHint: 'A salesperson answers the leads of these queues. Separate several with spaces.',
  signIn: 'Sign in',
  wrong: 'Please correct what is marked below.',
  subjectWrong: 'Allowed are 1 to 128 characters.',
  queuesWrong:
    'Allowed are at most 100 names of 1 to 64 letters and digits, beginning with a letter, such as sales.',
  roleWrong: 'Choose one of these.',
  signedOut: 'You are signed out.',
  toConsole: 'To the console',
  refused: 'This request to sign in is not valid.',
};

const spanish: SignInWords = {
  language: 'es',
  title: 'Iniciar sesión en Sluice',
  intro:
    'Esta copia de Sluice funciona en tu propio equipo y no pide contraseña. Elige quién quieres ser. ' +
    'Puedes cerrar la sesión y elegir de nuevo cuando quieras.',
  role: 'Iniciar sesión como',
  roles: {
    admin: { name: 'Administración', about: 'lo hace todo: modelos de puntuación, errores, borrados' },
    seller: { name: 'Ventas', about: 'responde a los contactos que se traspasan a ventas' },
    viewer: { name: 'Solo lectura', about: 'lo ve todo y no cambia nada' },
  },
  subject: 'Tu nombre o correo electrónico',
  subjectHint: 'Con este nombre se registran tus decisiones.',
  queues: 'Tus colas',
  queuesHint: 'Ventas responde a los contactos de estas colas. Separa varias con espacios.',
  signIn: 'Iniciar sesión',
  wrong: 'Corrige lo que está marcado abajo.',
  subjectWrong: 'Se permiten de 1 a 128 caracteres.',
  queuesWrong:
    'Se permiten como máximo 100 nombres de 1 a 64 letras y cifras que empiecen por letra, como sales.',
  roleWrong: 'Elige una de estas opciones.',
  signedOut: 'Has cerrado la sesión.',
  toConsole: 'Ir a la consola',
  refused: 'Esta petición de inicio de sesión no es válida.',
};

/**
 * Returns the texts in the first language that is wanted, of those that there are.
 *
 * @param uiLocales the languages that the reader has chosen, separated by blanks, as OpenID Connect has them
 * @param acceptLanguage those of the browser
 */
export const chooseWords = (uiLocales = '', acceptLanguage = ''): SignInWords => {
  const wanted = [...uiLocales.split(' '), ...acceptLanguage.split(',')].map((one) =>
    one.trim().slice(0, 2).toLowerCase(),
  );
  const first = wanted.find((language) => language === 'en' || language === 'es');
  return first === 'es' ? spanish : english;
};
