import { build } from 'esbuild';

/**
 * The calls of AWS that a function's code can make, such as `TransactWriteItems`: what is left of the SDK's commands when
 * all that its handler can't reach is taken away.
 */
export const callsInCode = async (service: string): Promise<string[]> => {
  const { outputFiles } = await build({
    entryPoints: [`functions/${service}/handler.ts`],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    treeShaking: true,
    external: ['@aws-sdk/*', '@aws-lambda-powertools/*', '@middy/*'],
    logLevel: 'silent',
  });
  const code = outputFiles.map(({ text }) => text).join('\n');
  // What comes in from two files is told apart by a number at its end.
  const found = [...code.matchAll(/new ([A-Z]\w+)Command\d*\(|paginate(ListObjectsV2|[A-Z][A-Za-z]+)\d*\(/g)];
  return [...new Set(found.map(([, command, pages]) => command ?? pages ?? ''))].sort();
};
