import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { downloadJars, type Jars } from '../java/jars.ts';
import type { Backend } from './backend.ts';
import { openDatabase } from './database.ts';

const jars: Jars = {
  name: 'dynamodb-local',
  main: 'DynamoDBLocal-3.3.1.jar',
  sha256: '41a32e0a840a1fa375d7b3955e60d4b1db94c423ef9e14a43ee9b4cf9c2fb536',
};

/** Starts AWS's own DynamoDB Local on loopback. @throws Error if it ends before it listens */
export const startDynamoDbLocal = async (): Promise<Backend> => {
  const folder = downloadJars(jars);
  const classPath = `${join(folder, '*')}:${folder}`;
  const source = join(import.meta.dirname, '../dynamodb-local/OnLoopback.java');
  execFileSync('javac', ['-encoding', 'UTF-8', '-cp', join(folder, '*'), '-d', folder, source]);
  const options = [`-Djava.library.path=${folder}`, '-cp', classPath, 'OnLoopback'];
  const child = spawn('java', options, { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'exit');
  const port = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, found] = /^port (\d+)$/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const gone = ended.then(([code]): never => {
    throw new Error(`DynamoDB Local ended (${code}) before it printed its port`);
  });
  gone.catch(() => undefined);
  const { close, ...database } = openDatabase(`http://127.0.0.1:${await Promise.race([port, gone])}`);
  return {
    name: 'DynamoDB Local 3.3.1',
    database,
    stop: async () => {
      close();
      child.stdin.end();
      await ended;
    },
  };
};
