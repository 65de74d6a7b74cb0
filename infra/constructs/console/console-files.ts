import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AssetHashType, DockerImage, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { acknowledgeCopying } from './acknowledge-copying.ts';

const projectRoot = resolve(import.meta.dirname, '../../..');
const consoleFolder = join(projectRoot, 'console');

/** The sign-in of the page, as it reads it from `config.json`. */
interface ConsoleConfig {
  readonly issuer: string;
  /** The URL of the issuer's description of itself. */
  readonly discovery: string;
  readonly clientId: string;
  /** The scopes to ask for, divided by spaces. */
  readonly scope: string;
  readonly local: false;
}

export interface ConsoleFilesProps {
  readonly bucket: IBucket;

  /** The folder within the bucket, which is the first part of the paths. */
  readonly folder: string;

  readonly config: ConsoleConfig;

  readonly logRetention: RetentionDays;
}

/** Builds the console into a folder, by the program that builds it for the local stack as well. @throws Error */
const build = (outputDir: string): true => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(consoleFolder, 'build.ts')], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the console could not be built (exit ${status}):\n${stderr.trimEnd()}`);
  cpSync(stdout, outputDir, { recursive: true });
  return true;
};

/** Returns the built files. Where nothing is bundled, as in tests, it is the sources, which nobody deploys. */
const builtFiles = (): ISource =>
  Source.asset(consoleFolder, {
    // The page is built of the pure core as well, so that a hash of its own sources would miss changes.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // The CDK asks for an image to fall back to. A build that fails here throws before.
      image: DockerImage.fromRegistry('scratch'),
      local: { tryBundle: build },
    },
  });

/**
 * Copies the console's files into a bucket. Those whose names have a hash are stored by browsers for good, and stay in the
 * bucket after the next deployment: a page that is open may still load a part of itself. All others are asked for each
 * time, and are replaced after the files that they name have arrived.
 */
export const deployConsoleFiles = (scope: Construct, props: ConsoleFilesProps): void => {
  const files = builtFiles();
  const common = {
    destinationBucket: props.bucket,
    destinationKeyPrefix: props.folder,
    // Nothing in the bucket is worth keeping, and one with files in it can't be deleted with its stack.
    retainOnDelete: false,
    prune: false,
    logGroup: new LogGroup(scope, 'CopyLogs', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  };
  const hashed = new BucketDeployment(scope, 'HashedFiles', {
    ...common,
    sources: [files],
    exclude: ['*'],
    include: ['assets/*'],
    cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
  });
  const others = new BucketDeployment(scope, 'Page', {
    ...common,
    sources: [files, Source.jsonData('config.json', props.config)],
    exclude: ['assets/*'],
    cacheControl: [CacheControl.noCache()],
  });
  others.node.addDependency(hashed);
  acknowledgeCopying(scope, props.bucket);
};
