import { createHash, type Hash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { showValue } from '../../events/index.ts';
import { CliError } from '../errors.ts';
import { progressBar } from '../output/progress.ts';
import { projectRoot, synthesize } from './synthesize.ts';

const cacheFolder = join(projectRoot, '.sluice', 'assembly');

/** The files and folders that the assembly depends on. Others can change without a new synthesis. */
const sources = ['events', 'functions', 'infra', 'models', 'shared', 'cdk.json', 'package-lock.json'];

/**
 * The issuer that the API of a local stack trusts. There is no such host: the stack signs the tokens itself, and verifies
 * them without asking anybody.
 */
const localContext = { issuer: 'https://sluice.local', audience: 'sluice' };

/** The number of assemblies to store, for a switch between branches and between folders of documents. Older ones are removed. */
const mostStored = 6;

/** The folders of documents that the stack is made with. */
export interface DocumentFolders {
  /** The sources of webhooks. @default none */
  readonly sources?: string | undefined;
  /** The subscriptions to which announcements are delivered. @default none */
  readonly deliveries?: string | undefined;
}

/** The sources that a local stack has unless others are asked for. */
export const shippedSources = join(projectRoot, 'sources');

const filesBelow = async (path: string): Promise<string[]> => {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = await readdir(path, { recursive: true, withFileTypes: true });
  return names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

/** Adds the names and contents of the files below a folder, in an order of their own. */
const addFiles = async (hash: Hash, folder: string): Promise<void> => {
  for (const file of (await filesBelow(folder)).sort())
    hash
      .update(relative(folder, file))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
};

/** Documents are copied into the assembly, so that their content counts, and not where they lie. */
const fingerprint = async (folders: Readonly<Record<string, string>>): Promise<string> => {
  const hash = createHash('sha256').update(JSON.stringify(localContext));
  for (const source of sources) {
    hash.update(`\0${source}\0`);
    await addFiles(hash, join(projectRoot, source));
  }
  for (const [name, folder] of Object.entries(folders)) {
    hash.update(`\0${name}\0`);
    await addFiles(hash, folder);
  }
  return hash.digest('hex').slice(0, 16);
};

/**
 * Returns the folders as absolute paths.
 *
 * @throws CliError `FOLDER_UNREADABLE`
 */
const findFolders = (given: DocumentFolders): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, folder]) => {
      if (folder === undefined) return [];
      if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [[name, resolve(folder)]];
      throw new CliError(
        'FOLDER_UNREADABLE',
        `--${name}: given ${showValue(folder)}; allowed: a folder of ${name === 'sources' ? 'source' : 'subscription'} documents`,
      );
    }),
  );

/** Counts the functions, which are bundled one after another: most of the time of a synthesis. */
const countFunctions = async (): Promise<number> => {
  const names = await readdir(join(projectRoot, 'functions'));
  return names.filter((name) => existsSync(join(projectRoot, 'functions', name, 'handler.ts'))).length;
};

const removeOld = async (): Promise<void> => {
  // Names with a dot are drafts, of this process or another.
  const folders = (await readdir(cacheFolder)).filter((name) => !name.includes('.'));
  const dated = await Promise.all(
    folders.map(async (name) => {
      // Another process may remove folders too; a removed one counts as the oldest.
      const found = await stat(join(cacheFolder, name)).catch(() => undefined);
      return { name, at: found?.mtimeMs ?? 0 };
    }),
  );
  const old = dated.sort((a, b) => b.at - a.at).slice(mostStored);
  await Promise.all(old.map(({ name }) => rm(join(cacheFolder, name), { recursive: true, force: true })));
};

/**
 * Returns the folder of the synthesized app: what `cdk deploy` would deploy. Synthesizes the app if a source has
 * changed since the last time.
 *
 * @param onSynthesis called before a synthesis, which takes some seconds
 * @param given the folders of documents; by default the shipped sources
 * @throws CliError `FOLDER_UNREADABLE`, `SYNTH_FAILED`, `INTERRUPTED`
 */
export const ensureAssembly = async (
  onSynthesis: () => void,
  given: DocumentFolders = { sources: shippedSources },
): Promise<string> => {
  const folders = findFolders(given);
  const folder = join(cacheFolder, await fingerprint(folders));
  if (existsSync(folder)) return folder;
  onSynthesis();
  await mkdir(cacheFolder, { recursive: true });
  const draft = `${folder}.${process.pid}`;
  const functions = await countFunctions();
  const bar = progressBar('Bundling the functions', functions);
  try {
    // The one that was begun last isn't finished.
    await synthesize(draft, {
      context: { ...localContext, ...folders },
      local: true,
      onBundle: (begun) => bar.update(Math.max(0, begun - 1)),
    });
    bar.update(functions);
    // Another process may have finished the same assembly meanwhile; both are equal.
    await rename(draft, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    bar.stop();
    await rm(draft, { recursive: true, force: true });
  }
  await removeOld();
  return folder;
};
