import { randomInt } from 'node:crypto';
import * as z from 'zod';

const classes = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digits: '0123456789',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
} as const;

const flag = z.stringbool().or(z.boolean()).default(false);

/**
 * The ways in which a value is generated. It is strict, because a property that was ignored would give other values.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html
 */
export const generateSecretString = z.strictObject({
  PasswordLength: z.coerce.number().int().min(8).max(4_096).default(32),
  ExcludeCharacters: z.string().default(''),
  ExcludeLowercase: flag,
  ExcludeUppercase: flag,
  ExcludeNumbers: flag,
  ExcludePunctuation: flag,
});

/** Generates a value of random characters, of every kind that isn't excluded. */
export const generateSecret = (given: z.output<typeof generateSecretString>): string => {
  const excluded = {
    lower: given.ExcludeLowercase,
    upper: given.ExcludeUppercase,
    digits: given.ExcludeNumbers,
    punctuation: given.ExcludePunctuation,
  };
  const characters = Object.entries(classes)
    .filter(([kind]) => !excluded[kind as keyof typeof classes])
    .flatMap(([, text]) => [...text])
    .filter((character) => !given.ExcludeCharacters.includes(character));
  return Array.from(
    { length: given.PasswordLength },
    () => characters[randomInt(characters.length)] ?? '',
  ).join('');
};
