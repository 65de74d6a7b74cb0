import { reportError } from './report-error.ts';
import { buildSluiceApp } from './sluice-app.ts';

try {
  const { app, stateful, stateless, added, settings } = buildSluiceApp();
  app.synth();
  // On standard error, like the output of the CDK: one glance shows what is about to be deployed.
  const stacks = [stateful, added?.signIn, added?.console, stateless].flatMap(
    (stack) => stack?.stackName ?? [],
  );
  console.error(`${stacks.join(', ')}: ${settings}`);
} catch (error) {
  reportError(error);
}
