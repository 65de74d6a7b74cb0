import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

/** The folder of the project. Paths within the build are relative to it, so that it is the same wherever it runs. */
const projectRoot = resolve(import.meta.dirname, '..');

const configFile = join(import.meta.dirname, 'vite.config.ts');

const cacheFolder = join(projectRoot, '.sluice', 'console');

/** The files and folders that the built files depend on. */
const sources = ['console', 'events', 'shared', 'models/schema', 'package-lock.json'];

/** The number of builds to store, for a switch between branches. Older ones are removed. */
const mostStored = 4;

/** The place of a build. */
export interface BuildProps {
  /** The folder of the built files. It is emptied first. */
  readonly outDir: string;
}

/**
 * Builds the console: `index.html` and its assets, to be served below `/console/`. Prints nothing.
 *
 * @throws an error of Vite if a source is wrong, or if Vite can't run on this machine
 */
export const buildConsole = async ({ outDir }: BuildProps): Promise<void> => {
  // Vite has a part in native code, which not every machine can load: only a build should fail there.
  const { build } = await import('vite');
  await build({ configFile, logLevel: 'silent', build: { outDir: resolve(outDir), emptyOutDir: true } });
};

const addFile = async (hash: Hash, path: string): Promise<void> => {
  hash.update(`${relative(projectRoot, path)}\0`).update(await readFile(path));
};

const hashSources = async (): Promise<string> => {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(projectRoot, source);
    if (!(await stat(path)).isDirectory()) {
      await addFile(hash, path);
      continue;
    }
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    for (const file of files.sort()) await addFile(hash, file);
  }
  return hash.digest('hex').slice(0, 16);
};

/** The age from which a draft is one of a build that was ended, in milliseconds. */
const abandonedMs = 3_600_000;

const removeOld = async (): Promise<void> => {
  const dated = await Promise.all(
    (await readdir(cacheFolder)).map(async (name) => {
      // Another process may remove folders too; a removed one counts as the oldest.
      const found = await stat(join(cacheFolder, name)).catch(() => undefined);
      return { name, at: found?.mtimeMs ?? 0 };
    }),
  );
  // Names with a dot are drafts, of this process or another.
  const isDraft = ({ name }: { readonly name: string }): boolean => name.includes('.');
  const builds = dated.filter((one) => !isDraft(one)).sort((a, b) => b.at - a.at);
  const abandoned = dated.filter((one) => isDraft(one) && Date.now() - one.at > abandonedMs);
  const old = [...builds.slice(mostStored), ...abandoned];
  await Promise.all(old.map(({ name }) => rm(join(cacheFolder, name), { recursive: true, force: true })));
};

/**
 * Returns the folder of the built console. Builds it if a source has changed since the last time.
 *
 * @throws an error of Vite, as `buildConsole` does
 */
const ensureConsole = async (): Promise<string> => {
  const folder = join(cacheFolder, await hashSources());
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder, { recursive: true });
  const draft = `${folder}.${process.pid}`;
  try {
    await buildConsole({ outDir: draft });
    // Another process may have finished the same build meanwhile; both are equal.
    await rename(draft, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  await removeOld();
  return folder;
};

// As a program it prints the folder, for the local stack, which lets it run in a process of its own.
if (import.meta.main) process.stdout.write(await ensureConsole());
