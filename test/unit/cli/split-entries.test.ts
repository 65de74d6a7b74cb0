import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../cli/entries/decode-text.ts';
import { splitEntries } from '../../../cli/entries/split-entries.ts';
import { splitLines } from '../../../cli/entries/split-lines.ts';
import { parseJson, showProblem } from '../../../events/index.ts';
import { seeded } from '../../support/seed.ts';

async function* inPieces(bytes: Buffer, size = bytes.length): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += Math.max(1, size))
    yield bytes.subarray(at, at + Math.max(1, size));
}

const split = (text: string | Buffer, size?: number) =>
  Array.fromAsync(splitEntries(splitLines(decodeText(inPieces(Buffer.from(text as string), size)))));

/** Returns `line[item] value` of each event, or `line[item] !problem` if it is broken. */
const outline = async (text: string | Buffer, size?: number): Promise<string[]> =>
  (await split(text, size)).map(({ number, item, text, problem }) => {
    const at = item === undefined ? `${number}` : `${number}[${item}]`;
    return `${at} ${problem === undefined ? JSON.stringify(JSON.parse(text)) : `!${showProblem(problem)}`}`;
  });

const a = { n: 1, detail: { list: [1, { b: [] }], text: 'x\n{"[,' } };
const b = { n: 2 };
const c = { n: 3, empty: {}, none: [], deep: [[[{}]]] };
const one = (value: unknown) => JSON.stringify(value);
const pretty = (value: unknown) => JSON.stringify(value, undefined, 2);

describe('the events of a text', () => {
  it.each<[what: string, text: string, places: readonly string[]]>([
    ['JSON lines', [a, b, c].map(one).join('\n'), ['1', '2', '3']],
    [
      'JSON lines with CR LF and blank lines',
      `\n${[a, b, c].map(one).join('\r\n\r\n')}\r\n`,
      ['2', '4', '6'],
    ],
    ['JSON lines behind a byte order mark', `\uFEFF${[a, b, c].map(one).join('\n')}`, ['1', '2', '3']],
    ['JSON lines with commas behind them', [a, b, c].map(one).join(',\n'), ['1', '2', '3']],
    ['indented JSON lines', [a, b, c].map((each) => `  ${one(each)} `).join('\n'), ['1', '2', '3']],
    ['objects in one line', `${one(a)}${one(b)} ${one(c)}`, ['1', '1', '1']],
    ['objects over several lines', [a, b, c].map(pretty).join('\n'), ['1', '13', '16']],
    [
      'objects over lines with CR LF',
      [a, b, c].map(pretty).join('\n').replaceAll('\n', '\r\n'),
      ['1', '13', '16'],
    ],
    ['an object behind the end of another', [a, b, c].map(pretty).join(', '), ['1', '12', '14']],
    ['a list in one line', one([a, b, c]), ['1[1]', '1[2]', '1[3]']],
    ['a list over several lines', pretty([a, b, c]), ['2[1]', '14[2]', '17[3]']],
    ['a list of lines', `[\n${[a, b, c].map(one).join(',\n')}\n]\n`, ['2[1]', '3[2]', '4[3]']],
    [
      'a list of lines that begin with the comma',
      `[${[a, b, c].map(one).join('\n,')}\n]`,
      ['1[1]', '2[2]', '3[3]'],
    ],
    ['two lists and an object', `${one([a])}\n${pretty([b])}\n${one(c)}`, ['1[1]', '3[1]', '7']],
    ['a request of PutEvents', one({ Entries: [a, b, c] }), ['1[1]', '1[2]', '1[3]']],
    ['a request of PutEvents over several lines', pretty({ Entries: [a, b, c] }), ['3[1]', '15[2]', '18[3]']],
    [
      'a request with a bracket of its own line',
      `{\n"Entries":\n[\n${[a, b, c].map(one).join(',\n')}\n]\n}`,
      ['4[1]', '5[2]', '6[3]'],
    ],
    [
      'requests of PutEvents',
      `${one({ Entries: [a, b] })}\n${one({ Entries: [c] })}`,
      ['1[1]', '1[2]', '2[1]'],
    ],
    [
      'a request with an endpoint behind the entries',
      one({ Entries: [a, b, c], EndpointId: 'a"]b.c' }),
      ['1[1]', '1[2]', '1[3]'],
    ],
    [
      'a request with an endpoint before the entries, over several lines',
      pretty({ EndpointId: '"Entries": [', Entries: [a, b, c] }),
      ['4[1]', '16[2]', '19[3]'],
    ],
    [
      'files put together, each with a byte order mark',
      `\uFEFF${one(a)}\n\uFEFF${one(b)}\uFEFF${one(c)}\n\uFEFF`,
      ['1', '2', '2'],
    ],
  ])('are found in %s, in pieces of any size', async (_what, text, places) => {
    const expected = places.map((place, i) => `${place} ${one([a, b, c][i])}`);
    for (const size of [undefined, 1, 7]) expect(await outline(text, size)).toEqual(expected);
  });

  it('are read in UTF-16 if a byte order mark says so, as PowerShell writes it', async () => {
    const text = `\uFEFF${one({ name: 'Zoë 👩‍🚀' })}\r\n${one(b)}\r\n`;
    const little = Buffer.from(text, 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16()])
      for (const size of [1, 3, 1_000])
        expect(await outline(bytes, size)).toEqual([`1 ${one({ name: 'Zoë 👩‍🚀' })}`, `2 ${one(b)}`]);
  });

  it('keep their text to the last digit', async () => {
    expect(
      (await split('[{"n":1.50e2,"big":9007199254740993},\n {"n" : 1e400}]')).map(({ text }) => text),
    ).toEqual(['{"n":1.50e2,"big":9007199254740993}', '{"n" : 1e400}']);
  });

  it.each(['', '\n\n', '\uFEFF', '[]', '[\n]\n', '{"Entries":[]}'])('may be none: %j', async (text) =>
    expect(await split(text)).toEqual([]),
  );

  it('may be other values than objects, which are for the parser to refuse', async () => {
    expect(await outline('7\n"a"\nnull [true, [1]]\n-1.5e+3')).toEqual([
      '1 7',
      '2 "a"',
      '3 null',
      '3[1] true',
      '3[2] [1]',
      '4 -1500',
    ]);
  });

  it('may be nested as deep as they like', async () => {
    const deep = `{"a":${'['.repeat(90_000)}${']'.repeat(90_000)}}`;
    expect(await split(`${deep}\n${pretty(b)}`)).toMatchObject([{ text: deep }, { number: 2 }]);
    expect(await split(`[\n${deep}]`)).toMatchObject([{ number: 2, item: 1 }]);
  });
});

describe('a broken event', () => {
  it.each<[what: string, line: string, problem: string]>([
    ['text', 'hello', 'line 2, column 1: given "h"; allowed: an EventBridge entry as JSON'],
    [
      'a missing brace',
      '{"n":2,"d":{"e":1}',
      'line 2, column 19: given the end of the line; allowed: , or }',
    ],
    ['a missing value', '{"n":2,"d":', 'line 4, column 1: given "{"; allowed: , or }'],
    [
      'a missing name',
      '{"n":2,',
      'line 2, column 8: given the end of the line; allowed: a name in double quotes',
    ],
    ['an open list', '{"n":[2', 'line 2, column 8: given the end of the line; allowed: , or ]'],
    ['an open text', '{"n":"two', 'line 2, column 10: given the end of the line; allowed: a double quote'],
    ['a quote in a text', '{"n":"a "b" c"}', 'line 2, column 10: given "b"; allowed: , or }'],
    ['a wrong escape', '{"n":"C:\\dir"}', 'line 2, column 9: given "\\\\"; allowed: an escape of JSON'],
    ['a tab in a text', '{"n":"a\tb"}', 'line 2, column 8: given "\\t"; allowed: a double quote'],
    ['single quotes', "{'n':2}", 'line 2, column 2: given "\'"; allowed: a name in double quotes or }'],
    ['no quotes', '{n:2}', 'line 2, column 2: given "n"; allowed: a name in double quotes or }'],
    ['a comma too many', '{"n":2,}', 'line 2, column 8: given "}"; allowed: a name in double quotes'],
    ['a number of another kind', '{"n":01}', 'line 2, column 7: given "1"; allowed: , or }'],
    ['NaN', '{"n":NaN}', 'line 2, column 6: given "N"; allowed: a value'],
    ['a colon too few', '{"n" 2}', 'line 2, column 6: given "2"; allowed: :'],
    ['a comment', '// of 2025', 'line 2, column 1: given "/"; allowed: an EventBridge entry as JSON'],
    ['a stray brace', '}', 'line 2, column 1: given "}"; allowed: an EventBridge entry as JSON'],
    ['a stray bracket', ']', 'line 2, column 1: given "]"; allowed: an EventBridge entry as JSON'],
  ])('swallows no other: %s in JSON lines', async (_what, line, problem) => {
    const lines = [one(a), line, one(b), ...Array.from({ length: 99 }, (_, n) => one({ n }))];
    const found = await outline(lines.join('\n'));
    expect(found).toHaveLength(lines.length);
    expect(found[1]).toContain(`2 !${problem}`);
    expect(found.toSpliced(1, 1)).toEqual(
      lines.flatMap((text, i) => (i === 1 ? [] : [`${i + 1} ${one(JSON.parse(text))}`])),
    );
  });

  it('swallows no other if what follows it is indented over several lines', async () => {
    const broken = pretty(a).replace('"x', '"x "quoted"');
    for (const text of [
      [pretty(b), broken, pretty(c), one(b)].join('\n'),
      [pretty(b), broken, pretty(c), one(b)].join(', '),
    ]) {
      const found = await outline(text);
      expect(found.map((each) => each.replace(/^\d+ /, ''))).toEqual([
        one(b),
        expect.stringMatching(/^!line 1[23], column 17: given "q"; allowed: , or \}$/),
        one(c),
        one(b),
      ]);
    }
  });

  it.each([
    ['over several lines', pretty([a, b, c]).replace('"n": 2', '"n": two'), 'line 15, column 10: given "t"'],
    ['of lines', `[\n${one(a)},\n{"n":2,\n${one(c)}\n]`, 'line 3, column 8: given the end of the line'],
    ['in one line', one([a, b, c]).replace('"n":2', '"n":two'), 'column 64: given "t"'],
  ])('of a list %s swallows no other', async (_what, text, problem) => {
    const found = await outline(text);
    expect(found.map((each) => each.replace(/^\d+\[(\d)\] (!?).*$/, '$1$2'))).toEqual(['1', '2!', '3']);
    expect(found[1]).toContain(problem);
  });

  const inner = { list: [{ x: 1 }, { y: 2 }], o: { p: [{}] } };
  it.each<[what: string, broken: string]>([
    ['a wrong value before objects of its own', one({ bad: 0, ...inner }).replace('0', 'bad')],
    ['a wrong value behind objects of its own', one({ ...inner, bad: 0 }).replace('0', 'bad')],
    ['a missing brace', '{"n":1,"d":{"e":1}'],
    ['a missing bracket', '{"n":1,"d":[{"e":1}}'],
    ['a quote in a text', '{"d":"a"b","l":[{"x":1},{"y":2}]}'],
    ['quotes in a text', '{"d":"he said "never" and left","l":[{"x":1},{"y":2}]}'],
    ['a wrong escape', '{"d":"C:\\dir","l":[{"x":1},{"y":2}]}'],
    ['a word', 'None'],
    ['a missing colon', '{"n" [{"x":1},{"y":2}]}'],
  ])('of a list in one line is left whole: %s', async (_what, broken) => {
    for (const before of [[], [one(a)]])
      for (const after of [[], [one(b), one(c)]]) {
        const items = [...before, broken, ...after];
        for (const text of [`[${items.join(',')}]`, `{"Entries":[${items.join(', ')}]}`]) {
          const found = await outline(`${text}\n${one({ last: 1 })}`);
          expect(found.map((each) => each.replace(/!.*$/, '!'))).toEqual([
            ...items.map((item, i) => `1[${i + 1}] ${item === broken ? '!' : item}`),
            `2 ${one({ last: 1 })}`,
          ]);
        }
      }
  });

  it('of a request of PutEvents rejects no other', async () => {
    const text = pretty({ Entries: [a, b, c], EndpointId: 'x' }).replace('"n": 2', '"n": two');
    expect((await outline(text)).map((each) => each.replace(/!.*$/, '!'))).toEqual([
      `3[1] ${one(a)}`,
      '15[2] !',
      `18[3] ${one(c)}`,
    ]);
  });

  it('names a request that was cut short', async () => {
    expect(await outline(`{"Entries":[${one(b)}]`)).toEqual([
      `1[1] ${one(b)}`,
      '1 !line 1, column 1: given a request without an end; allowed: a request that ends with }; perhaps the file is cut short',
    ]);
  });

  it.each<[what: string, text: (count: number) => string]>([
    ['lines without an end', (count) => '{"a":\n'.repeat(count)],
    ['lines that open two brackets', (count) => '{"a":[{"b":1},\n'.repeat(count)],
    ['a list of lines without an end', (count) => `[\n${'  {"n":1,"tags":["a",\n'.repeat(count)}]`],
    [
      'a list over several lines without brackets',
      (count) => `[\n${'  {\n    "tags": [\n      {"a": 1},\n'.repeat(count)}]`,
    ],
    ['a brace in each line', (count) => '{\n'.repeat(count)],
    ['a brace and empty lines', (count) => `{${'\n'.repeat(count)}`.repeat(2)],
    ['a list in one line', (count) => `[${'{"a":bad,"l":[{"x":1},{"y":2}]},'.repeat(count)}{}]`],
    ['a list in one line with quotes', (count) => `[${'{"a":"b"c"},{"d":1},'.repeat(count)}{}]`],
  ])(
    // Reading each event's lines again would take minutes.
    'is read to its end in a long file: %s',
    async (_what, text) => {
      const found = await split(`${text(20_000)}\n`);
      expect(found.length).toBeGreaterThan(0);
    },
    60_000,
  );

  it('swallows no event behind many without an end', async () => {
    const found = await outline(`${'{"a":[\n'.repeat(200)}${one(b)}\n${pretty(c)}`);
    expect(found).toHaveLength(202);
    expect(found.slice(200)).toEqual([`201 ${one(b)}`, `202 ${one(c)}`]);
  });

  it('has bytes that are no UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${one({ t: 'a\uFFFDb' })}\n{"t":"`),
      Buffer.of(0xe4, 0xf6),
      Buffer.from('"}\n{\n"t": "\uFFFD'),
      Buffer.of(0xe2, 0x82),
      Buffer.from(`"\n}\n[${one(b)},{"t":"`),
      Buffer.of(0xff),
      Buffer.from(`"},${one(c)}]\n{"Entries":[{"t":"`),
      Buffer.of(0x80),
      Buffer.from(`"},${one(b)}]}`),
    ]);
    const why =
      'given bytes that are no UTF-8; allowed: a text in UTF-8, or in UTF-16 with a byte order mark';
    for (const size of [undefined, 1, 5])
      expect(await outline(bytes, size)).toEqual([
        `1 ${one({ t: 'a\uFFFDb' })}`,
        `2 !line 2: ${why}`,
        `3 !line 4: ${why}`,
        `6[1] ${one(b)}`,
        `6[2] !line 6: ${why}`,
        `6[3] ${one(c)}`,
        `7[1] !line 7: ${why}`,
        `7[2] ${one(b)}`,
      ]);
    for (const { text } of await split(bytes)) expect(text.isWellFormed()).toBe(true);
  });

  it('has halves of characters in UTF-16', async () => {
    const bytes = Buffer.from(`\uFEFF${one(a)}\n{"t":"\uD83D"}\n${one(b)}`, 'utf16le');
    for (const broken of [bytes, Buffer.from(bytes).swap16()])
      expect((await outline(broken, 3)).map((each) => each.slice(0, 3))).toEqual(['1 {', '2 !', '3 {']);
    expect((await outline(bytes.subarray(0, -1))).at(-1)).toContain('3 !');
  });

  it('at the end of a list leaves the end to the list', async () => {
    const found = await outline(`${pretty([a, b]).replace('"n": 2', '"n": 2,')}\n${one(c)}`);
    expect(found).toHaveLength(3);
    expect(found[2]).toBe(`18 ${one(c)}`);
  });

  it('at the end of a file that was cut short is named', async () => {
    expect(await outline(`${one(a)}\n{"n":`)).toEqual([
      `1 ${one(a)}`,
      '2 !line 2, column 6: given the end of the file; allowed: a value',
    ]);
    expect(await outline(`[${one(a)},\n${one(b)}`)).toEqual([
      `1[1] ${one(a)}`,
      `2[2] ${one(b)}`,
      '1 !line 1, column 1: given a list without an end; allowed: a list that ends with ]; perhaps the file is cut short',
    ]);
  });

  it('is quoted by one character, since the rest may be what a person wrote', async () => {
    const found = await outline('{"answers":{"why":{"text":"he said "divorce" to me"}}}');
    expect(found.join()).not.toContain('divorce');
  });

  it('leaves every other event as it is, wherever a text is damaged', async () => {
    const { seed, numRuns } = seeded();
    const values = Array.from({ length: 6 }, (_, n) => ({ n, d: { t: 'a "b" {[', l: [1, { x: null }] } }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(one, pretty),
        fc.nat(),
        fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', 'x', '\n'),
        async (write, at, put) => {
          const texts = values.map(write);
          const [, , victim = ''] = texts;
          const place = at % victim.length;
          texts[2] = victim.slice(0, place) + put + victim.slice(place + 1);
          const found = await split(texts.join('\n'));
          const whole = found.flatMap(({ text, problem }) =>
            problem ? [] : [JSON.stringify(parseJson(text))],
          );
          for (const n of [0, 1, 4, 5]) expect(whole).toContain(one(values[n]));
          // Nothing is lost: what isn't an event is part of a broken one.
          const letters = (text: string) => text.replaceAll(/[\s,[\]]/g, '').length;
          expect(letters(found.map(({ text }) => text).join(''))).toBe(letters(texts.join('')));
        },
      ),
      { seed, numRuns },
    );
  });

  it('leaves every other event of a list in one line as it is, wherever it is damaged', async () => {
    const { seed, numRuns } = seeded();
    const values = Array.from({ length: 6 }, (_, n) => ({
      n,
      d: { t: 'a \\ b', l: [1, { x: null }, { y: n }] },
    }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          (items: string) => `[${items}]`,
          (items: string) => `{"Entries":[${items}]}`,
        ),
        fc.nat(),
        fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', 'x'),
        async (write, at, put) => {
          const texts = values.map(one);
          const [, , victim = ''] = texts;
          const place = at % victim.length;
          texts[2] = victim.slice(0, place) + put + victim.slice(place + 1);
          const found = await split(`${write(texts.join(','))}\n${one({ last: 1 })}`);
          const whole = found.flatMap(({ text, problem }) =>
            problem ? [] : [JSON.stringify(parseJson(text))],
          );
          for (const value of [values[0], values[1], values[4], values[5], { last: 1 }])
            expect(whole).toContain(one(value));
        },
      ),
      { seed, numRuns },
    );
  });
});
