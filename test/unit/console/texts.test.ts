import { describe, expect, it } from 'vitest';
import { formatTime } from '../../../console/pages/today/time-left.ts';
import { en } from '../../../console/texts/en.ts';
import { es } from '../../../console/texts/es.ts';

type Text = string | ((...given: never[]) => string);
interface TextTree {
  readonly [name: string]: Text | TextTree;
}

/** Returns every text by its path, such as `parts.failures.offline`. */
const listTexts = (tree: TextTree, path = ''): [string, Text][] =>
  Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'object'
      ? listTexts(value, `${path}${name}.`)
      : [[`${path}${name}`, value] as [string, Text]],
  );

const [english, spanish] = [en, es].map((texts) => new Map(listTexts(texts as unknown as TextTree)));
if (english === undefined || spanish === undefined) throw new Error('there are two languages');

/** Returns what people see of a text, which may depend on what it is given: on one and on several, and on yes and no. */
const say = (text: Text): string[] => {
  if (typeof text === 'string') return [text];
  const given = [1, 2, '1', 'x', true, false, ['x', 'x']];
  return given.flatMap((value) => {
    const values = Array.from({ length: text.length }, () => value) as never[];
    try {
      return [String(text(...values))];
    } catch {
      // The text takes something else; the other values show it.
      return [];
    }
  });
};

/** Texts that are the same in both languages, by what people see: names, units and signs. */
const same = new Set(['Sluice', 'No', 'no', 'Id', 'Hash', 'Error']);

/** Returns what is left of a text without its signs, its figures, and what it is given. */
const lettersOf = (text: string): string =>
  text.replaceAll(/\b(x|true|false|undefined|UTC|ms)\b|[^\p{L}]/gu, '');

/** Words of the inside. Each has a plain one, as docs/glossary.md explains them. */
const innerWords =
  /\b(lanes?|slides?|coverage|ledgers?|h(?:old|olds|eld) back|hysteresis|backfill\w*|requalif\w+|idempoten\w+|carril(?:es)?|diapositivas?|cobertura|libro mayor|hist[ée]resis|idempoten\w+)\b/i;

/** One of something in the words for several: “1 times”, “1 more hours”, «1 horas», «1 suben», «Quedan 1 hora». */
const severalOfOne =
  /(?<![\d.,])1 (?:more )?(?!(?:becomes|begins|does|has|más|mes|needs|sends|was)\b)(?:\p{L}{2,}s|\p{L}{3,}[ae]n|\p{L}+ron)\b|\bQuedan 1\b/u;

/** Returns what a text says of one, given as a number and as a formatted one, with a unit or without. */
const sayOne = (text: (...given: never[]) => string): string[] =>
  [1, '1', '+1', '1 h'].flatMap((one) => {
    try {
      return [text(...(Array.from({ length: text.length }, () => one) as never[]))];
    } catch {
      // The text takes something else than a number.
      return [];
    }
  });

describe('the texts of the console', () => {
  it('have the same shape in English and in Spanish, also in what they are given', () => {
    const shapeOf = (texts: ReadonlyMap<string, Text>) =>
      [...texts].map(([path, text]) => `${path}: ${typeof text === 'string' ? 'a text' : text.length}`);
    expect(shapeOf(spanish)).toEqual(shapeOf(english));
  });

  it('can all be shown', () => {
    for (const texts of [english, spanish]) {
      const silent = [...texts].filter(([, text]) => say(text).every((said) => said.trim() === ''));
      expect(silent.map(([path]) => path)).toEqual([]);
    }
  });

  it('are translated, but for names, units and signs', () => {
    const untranslated = [...english].filter(([path, text]) => {
      const [ours, theirs] = [say(text), say(spanish.get(path) ?? '')];
      return ours.some((said, i) => said === theirs[i] && !same.has(said) && lettersOf(said).length > 0);
    });
    expect(untranslated.map(([path, text]) => `${path}: ${say(text)[0]}`)).toEqual([]);
  });

  it('have no word of the inside', () => {
    const inner = [english, spanish].flatMap((texts) =>
      [...texts].flatMap(([path, text]) =>
        say(text)
          .filter((said) => innerWords.test(said))
          .map((said) => `${path}: ${said}`),
      ),
    );
    expect(inner).toEqual([]);
  });

  it('have no double blanks, and no blank at an end but between two texts', () => {
    const untidy = [english, spanish].flatMap((texts) =>
      [...texts].filter(([, text]) =>
        say(text).some((said) => (said !== said.trim() && !said.startsWith(',')) || /\S {2,}\S/.test(said)),
      ),
    );
    expect(untidy.map(([path]) => path)).toEqual([]);
  });

  it('have the word for one wherever there is one, and the word for several wherever there are two', () => {
    const wrong = [english, spanish].flatMap((texts) =>
      [...texts].flatMap(([path, text]) =>
        typeof text === 'string'
          ? []
          : sayOne(text)
              .filter((said) => severalOfOne.test(said))
              .map((said) => `${path}: ${said}`),
      ),
    );
    expect(wrong).toEqual([]);
    expect(en.model.policy.handoffWithin('x', '2')).toContain('2 hours');
    expect(es.lead.known.times(2)).toBe('2 veces');
  });

  it.each([
    [60_000, 'Queda 1min'],
    [3_600_000, 'Queda 1h'],
    [80 * 60_000, 'Queda 1h 20min'],
    [11 * 3_600_000, 'Quedan 11h'],
    [2 * 86_400_000, 'Quedan 2d'],
  ])('have the Spanish verb for one and for several times that are left: %i ms', (ms, said) =>
    expect(es.today.left(formatTime(ms, 'es') ?? '')).toBe(said),
  );

  it('say of what happens in time what a salesperson would', () => {
    expect(es.today.lateBy('93d 18h')).toBe('Con 93d 18h de retraso');
    expect(`${es.leads.nothingBefore} 3 dic 2026`).toBe('no antes del 3 dic 2026');
    expect(es.model.policy.limits('starter', 720, 2)).toBe(
      'El seguimiento «starter» vuelve a empezar, como pronto, al cabo de 30 días, como máximo 2 veces.',
    );
    expect(es.model.conditions.bant(es.model.conditions.letters.timeframe, 'hay')).toBe(
      'hay plazo de compra',
    );
    expect(es.today.stateOfOne.accepted).toBe('Aceptada');
  });

  it('say of an escalation that somebody is notified, on Today as of the model: the call stays where it is', () => {
    const who = 'sales-managers';
    expect(en.today.next.escalate(who)).toContain(en.model.policy.escalate(who));
    expect(es.today.next.escalate(who)).toContain(es.model.policy.escalate(who));
  });

  it('have one Spanish word for a deal, and address the reader in one way', () => {
    const all = [...spanish].flatMap(([path, text]) => say(text).map((said) => `${path}: ${said}`));
    expect(all.filter((said) => /\b(negocios?|usted(es)?|elija|escriba|haga clic)\b/i.test(said))).toEqual(
      [],
    );
  });

  it('have it for less than a minute', () =>
    expect(es.today.left(es.today.lessThanAMinute)).toBe('Queda menos de un minuto'));

  it.each([
    ['1 times', true],
    ['1 more hours', true],
    ['1 suben', true],
    ['1 llegaron', true],
    ['Quedan 1 h', true],
    ['1 time', false],
    ['1 sube', false],
    ['1 hora más', false],
    ['11 hours', false],
  ])('are said wrongly of one in “%s”: %s', (said, wrong) => expect(severalOfOne.test(said)).toBe(wrong));
});
