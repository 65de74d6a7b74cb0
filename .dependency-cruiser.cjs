/** The import table of docs/architecture.md, as rules. What a folder may import is named; all else is an error. */

const own = '^(events|shared|functions|infra|cli|bench|scripts|models|test|console)/';
const aws =
  '(^|node_modules/)@aws-sdk/|(^|node_modules/)@smithy/|(^|node_modules/)@aws-lambda-powertools/|(^|node_modules/)@middy/|(^|node_modules/)aws-';

/** Of the project's own code, `from` may import only `allowed` (and itself). */
const onlyOwn = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: own, pathNot: [from, ...allowed] },
});

/** Of packages and Node's modules, `from` may import only `allowed`. */
const onlyPackages = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown', 'core'], pathNot: allowed },
});

const zod = '(^|node_modules/)zod(/|$)';
const apiContracts = '^events/api/index\\.ts$';
const apiAnswers = '^events/api/answers/index\\.ts$';
const pure =
  '^shared/(scoring|funnel|lead|advice|facts-document|model-diff|calibration|outcomes|comparison|drift)/';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'nobody imports it, and it is no entrance',
      from: {
        orphan: true,
        pathNot: [
          '\\.(cjs|json)$',
          '^(vitest(\\.long)?\\.config|infra/constructs/environment-credentials)\\.ts$',
          '\\.d\\.ts$',
        ],
      },
      to: {},
    },
    onlyOwn('events-import-nothing', '^events/', [], 'the contracts stand by themselves'),
    onlyPackages('events-only-zod', '^events/', [zod], 'the contracts need zod alone'),
    onlyOwn('suggest-imports-nothing', '^shared/suggest/', []),
    onlyPackages('suggest-by-distance', '^shared/suggest/', ['(^|node_modules/)fastest-levenshtein']),
    onlyOwn('scoring-imports-events', '^shared/scoring/', [
      '^shared/suggest/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('funnel-imports-down', '^shared/funnel/', ['^shared/scoring/index\\.ts$', '^events/index\\.ts$']),
    onlyOwn('lead-imports-down', '^shared/lead/', [
      '^shared/(funnel|scoring)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('advice-imports-down', '^shared/advice/', [
      '^shared/(lead|funnel|scoring)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('facts-document-imports-down', '^shared/facts-document/', [
      '^shared/(lead|scoring)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('comparison-imports-down', '^shared/comparison/', [
      '^shared/(lead|funnel|scoring)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('model-diff-imports-down', '^shared/model-diff/', [
      '^shared/scoring/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('outcomes-import-down', '^shared/outcomes/', [
      '^shared/(lead|funnel|scoring|calibration)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('calibration-imports-down', '^shared/calibration/', [
      '^shared/scoring/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('drift-imports-down', '^shared/drift/', [
      '^shared/(funnel|scoring)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('drift-checks-import-down', '^shared/drift-checks/', [
      '^shared/(drift|keys|dynamodb)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyPackages('pure-core', pure, [zod], 'no AWS, no node:*, no clock, no random in the pure core'),
    onlyOwn('keys-import-events', '^shared/keys/', ['^events/index\\.ts$']),
    onlyPackages('keys-without-packages', '^shared/keys/', [], 'infra reads names here, without the SDK'),
    onlyOwn('retry-imports-nothing', '^shared/retry/', []),
    onlyOwn('signing-imports-nothing', '^shared/signing/', []),
    onlyOwn(
      'cost-imports-nothing',
      '^shared/cost/',
      [],
      'prices and templates, for the CLI and the benches alike',
    ),
    onlyPackages('cost-without-packages', '^shared/cost/', []),
    onlyOwn('dynamodb-imports-down', '^shared/dynamodb/', ['^shared/(keys|retry)/index\\.ts$']),
    onlyOwn('ledger-imports-down', '^shared/ledger/', [
      '^shared/(scoring|funnel|lead|keys|dynamodb|model-store)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('identity-imports-down', '^shared/identity/', [
      '^shared/(keys|dynamodb|retry)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('quarantine-imports-down', '^shared/quarantine/', [
      '^shared/(keys|dynamodb)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('follow-ups-import-down', '^shared/follow-ups/', [
      '^shared/(scoring|keys|dynamodb)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('funnel-counts-import-down', '^shared/funnel-counts/', [
      '^shared/(keys|dynamodb|retry)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('model-store-imports-down', '^shared/model-store/', [
      '^shared/(scoring|keys|dynamodb)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('rescoring-imports-down', '^shared/rescoring/', [
      '^shared/(keys|dynamodb|model-store|funnel-counts)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('entries-import-down', '^shared/entries/', ['^shared/bus/index\\.ts$', '^events/index\\.ts$']),
    onlyOwn('as-of-imports-down', '^shared/as-of/', [
      '^shared/(scoring|funnel|lead|keys|dynamodb|model-store|ledger|follow-ups)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('timeline-imports-down', '^shared/timeline/', [
      '^shared/(lead|keys|dynamodb|ledger)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('page-headers-import-nothing', '^shared/page-headers/', []),
    onlyPackages(
      'page-headers-without-packages',
      '^shared/page-headers/',
      [],
      'for the console on AWS and on this machine alike',
    ),
    onlyOwn('people-import-down', '^shared/people/', ['^shared/(scoring|lead)/index\\.ts$']),
    onlyPackages('people-without-packages', '^shared/people/', []),
    onlyOwn('top-list-imports-nothing', '^shared/top-list/', []),
    onlyPackages('top-list-without-packages', '^shared/top-list/', []),
    onlyOwn('mapping-imports-down', '^shared/mapping/', [
      '^shared/(scoring|suggest)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyPackages('mapping-by-jmespath', '^shared/mapping/', [
      '(^|node_modules/)@aws-lambda-powertools/jmespath',
      '^(node:)?crypto$',
    ]),
    onlyOwn('mapping-document-imports-down', '^shared/mapping-document/', [
      '^shared/(mapping|scoring)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyPackages('mapping-document-only-zod', '^shared/mapping-document/', [zod]),
    onlyOwn('sources-import-down', '^shared/sources/', ['^shared/mapping/index\\.ts$']),
    onlyPackages(
      'sources-without-packages',
      '^shared/sources/',
      [],
      'functions read what was checked before',
    ),
    onlyOwn('source-documents-import-down', '^shared/source-documents/', [
      '^shared/(mapping|mapping-document|sources|suggest)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('deliveries-import-down', '^shared/deliveries/', [
      '^shared/(signing|keys|dynamodb)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('subscription-documents-import-down', '^shared/subscription-documents/', [
      '^shared/(deliveries|suggest)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    {
      name: 'documents-are-checked-before-functions-run',
      severity: 'error',
      comment:
        'functions read documents that were parsed when they were deployed; the schemas take long to load',
      from: { path: '^functions/' },
      to: { path: '^shared/(mapping-document|source-documents|subscription-documents)/' },
    },
    onlyOwn('report-imports-down', '^shared/report/', [
      '^shared/(lead|scoring|ledger|follow-ups|keys|dynamodb|people|top-list)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('bus-and-lambda-import-events', '^shared/(bus|lambda)/', ['^events/index\\.ts$']),
    onlyOwn('quarantine-replay-imports-down', '^shared/quarantine-replay/', [
      '^shared/(quarantine|entries)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('requests-import-down', '^shared/requests/', [
      '^shared/(keys|dynamodb)/index\\.ts$',
      '^events/index\\.ts$',
      apiContracts,
    ]),
    onlyOwn('secrets-import-events', '^shared/secrets/', ['^events/index\\.ts$']),
    onlyOwn('webhooks-import-down', '^shared/webhooks/', [
      '^shared/(mapping|signing|sources)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyPackages('webhooks-by-node-crypto', '^shared/webhooks/', ['^(node:)?crypto$']),
    onlyOwn('partners-import-down', '^shared/partners/', [
      '^shared/(webhooks|sources)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyPackages('partners-without-packages', '^shared/partners/', []),
    onlyOwn('intake-imports-down', '^shared/intake/', [
      '^shared/(webhooks|sources|mapping|identity|quarantine|bus|lambda)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('source-status-imports-down', '^shared/source-status/', [
      '^shared/(intake|sources|keys|dynamodb)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('clock-imports-down', '^shared/clock/', [
      '^shared/(keys|dynamodb)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('dead-letters-import-nothing', '^shared/dead-letters/', []),
    onlyOwn('anchors-import-down', '^shared/anchors/', [
      '^shared/(keys|ledger)/index\\.ts$',
      '^events/index\\.ts$',
    ]),
    onlyOwn('api-imports-down', '^shared/api/', [
      '^shared/(bus|lambda)/index\\.ts$',
      '^events/index\\.ts$',
      apiContracts,
    ]),
    onlyOwn('functions-import-shared', '^functions/', [
      '^shared/[^/]+/index\\.ts$',
      '^events/index\\.ts$',
      apiContracts,
    ]),
    {
      name: 'no-function-imports-another',
      severity: 'error',
      from: { path: '^functions/([^/]+)/' },
      to: { path: '^functions/', pathNot: '^functions/$1/' },
    },
    onlyOwn(
      'infra-imports-shared',
      '^infra/(?!local/)',
      ['^shared/[^/]+/index\\.ts$', '^events/index\\.ts$', apiContracts, '^cdk\\.json$'],
      'functions are named by file path only',
    ),
    onlyOwn('local-runtime', '^infra/local/', [
      '^shared/[^/]+/index\\.ts$',
      '^events/index\\.ts$',
      apiContracts,
    ]),
    onlyOwn('cli-imports', '^cli/', [
      '^shared/[^/]+/index\\.ts$',
      '^events/index\\.ts$',
      apiContracts,
      '^infra/local/',
    ]),
    onlyOwn('console-imports-the-pure-core', '^console/', [
      '^shared/(scoring|funnel|lead|advice|facts-document|comparison|model-diff|people)/index\\.ts$',
      '^events/index\\.ts$',
      '^models/schema/model\\.json$',
      apiContracts,
      apiAnswers,
    ]),
    {
      name: 'console-stands-alone',
      severity: 'error',
      comment: 'the page is reached by its build alone',
      from: { pathNot: '^(console|test|bench)/' },
      to: { path: '^console/', pathNot: '^console/build\\.ts$' },
    },
    {
      name: 'rooms-import-no-commands',
      severity: 'error',
      comment: 'commands are made of the rooms of cli/, never the other way round',
      from: { path: '^cli/[^/]+/', pathNot: '^cli/commands/' },
      to: { path: '^cli/commands/' },
    },
    {
      name: 'no-circle-of-rooms',
      severity: 'error',
      scope: 'folder',
      comment: 'rooms of cli/ have an order, even where their files make no circle',
      from: { path: '^cli/[^/]+$' },
      to: { circular: true },
    },
    {
      name: 'cdk-only-in-infra',
      severity: 'error',
      from: { pathNot: ['^infra/', '^test/', '^bench/'] },
      to: { path: 'node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    },
    {
      name: 'time-zones-only-for-deadlines',
      severity: 'error',
      comment:
        'time zones take longer to load than all else that a cold start does; scoring never needs them',
      from: { pathNot: ['^functions/hand-off/working-time\\.ts$', '^node_modules/', '^test/'] },
      to: { path: '(^|node_modules/)temporal-polyfill' },
    },
    {
      name: 'sdk-only-at-the-edge',
      severity: 'error',
      comment: 'contracts and the pure core know no AWS',
      from: { path: `${pure}|^events/` },
      to: { path: aws },
    },
    {
      name: 'product-imports-no-tests',
      severity: 'error',
      from: { pathNot: '^(test|bench)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'one-entrance',
      severity: 'error',
      comment:
        'events are reached through events/index.ts, the contracts of HTTP through events/api/index.ts',
      from: { pathNot: ['^events/', '^test/'] },
      to: { path: '^events/', pathNot: ['^events/index\\.ts$', apiContracts, apiAnswers, '\\.json$'] },
    },
    {
      name: 'answers-only-for-documents',
      severity: 'error',
      comment: 'the schemas of answers describe and test them; a function that loads them starts later',
      // The console takes their types only; a budget of its first load shows if it took more.
      from: {
        pathNot: ['^events/api/answers/', '^scripts/openapi\\.ts$', '^test/', '^console/api/call\\.ts$'],
      },
      to: { path: '^events/api/answers/' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules/.cache|cdk\\.out|\\.sluice)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
    builtInModules: { add: ['node:sqlite'] },
  },
};
