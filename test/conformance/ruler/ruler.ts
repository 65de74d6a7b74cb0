import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { downloadJars, type Jars } from '../java/jars.ts';

const jars: Jars = {
  name: 'ruler',
  main: 'event-ruler-2.1.0.jar',
  sha256: '0de916a30048f996f129d05eb3dc6871c89a462f1377c876fd2d34f2e04152fe',
};

/** Whether each event matches; undefined if the pattern is refused. */
export type Verdicts = readonly boolean[] | undefined;

export interface Ruler {
  readonly version: string;
  readonly ask: (pattern: unknown, events: readonly unknown[]) => Promise<Verdicts>;
  readonly stop: () => Promise<void>;
}

const parseVerdicts = (answer: string): Verdicts =>
  answer.startsWith('refused: ') ? undefined : answer.split(' ').map((verdict) => verdict === '1');

/**
 * Starts AWS's matcher as a process that answers questions one after the other. @throws Error if it can't be started
 */
export const startRuler = async (): Promise<Ruler> => {
  const folder = downloadJars(jars);
  const source = join(import.meta.dirname, 'RulerAnswers.java');
  execFileSync('javac', ['-encoding', 'UTF-8', '-cp', join(folder, '*'), '-d', folder, source]);
  const child = spawn('java', ['-cp', `${join(folder, '*')}:${folder}`, 'RulerAnswers'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting: ((answer: string) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line));
  const ended = once(child, 'exit');
  const gone = ended.then((): never => {
    throw new Error('the matcher ended before it answered');
  });
  // At the end nothing waits for this promise, so its rejection is ignored.
  gone.catch(() => undefined);
  return {
    version: jars.main,
    ask: async (pattern, events) => {
      const texts = {
        pattern: JSON.stringify(pattern),
        events: events.map((event) => JSON.stringify(event)),
      };
      const answer = new Promise<string>((resolve) => waiting.push(resolve));
      child.stdin.write(`${JSON.stringify(texts)}\n`);
      return parseVerdicts(await Promise.race([answer, gone]));
    },
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
