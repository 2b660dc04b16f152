/**
 * Who may import whom: conformance -> model -> src, and nothing imports test.
 * `test/arrows.test.ts` shows that each of these rules catches what it forbids.
 */

const EXPLORER = '^model/(define|engine|report|examples)/';
const PACKAGE = '(^|/)node_modules/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'the library stands alone',
      comment:
        'src is pure: it imports itself, ts-pattern and typescript-fsm, nothing of the platform. The example is run.',
      severity: 'error',
      from: {path: '^src/', pathNot: '^src/driver/example/main[.]ts$'},
      to: {pathNot: ['^src/', `${PACKAGE}(ts-pattern|typescript-fsm)/`]},
    },
    {
      name: 'the library knows no driver',
      comment: 'src/driver keeps state and runs the library; nothing of the library needs it.',
      severity: 'error',
      from: {path: '^(src|model|conformance)/', pathNot: '^src/driver/'},
      to: {path: '^src/driver/'},
    },
    {
      name: 'the explorer knows no protocol',
      comment: 'define, engine, report and examples could be published alone.',
      severity: 'error',
      from: {path: EXPLORER},
      to: {path: '^(src|model/(scenes|cli))/'},
    },
    {
      name: 'reports know results only',
      comment: 'A report reads a Result, never the tables of the engine.',
      severity: 'error',
      from: {path: '^model/report/'},
      to: {path: '^model/engine/'},
    },
    {
      name: 'scenes know no command line',
      severity: 'error',
      from: {path: '^model/scenes/'},
      to: {path: '^model/cli/'},
    },
    {
      name: 'models know no conformance suite',
      severity: 'error',
      from: {path: '^model/'},
      to: {path: '^conformance/'},
    },
    {
      name: 'nothing needs the benchmarks',
      comment: 'They are not shipped.',
      severity: 'error',
      from: {path: '^(src|model|conformance)/', pathNot: '^(model|conformance)/bench/'},
      to: {path: '^(model|conformance)/bench/'},
    },
    {
      name: 'nothing imports tests',
      severity: 'error',
      from: {path: '^(src|model|conformance)/'},
      to: {path: '^test/'},
    },
    {
      name: 'what is shipped needs no development package',
      comment: 'It would work in this checkout and fail where holdfast is installed.',
      severity: 'error',
      from: {path: '^(src|model|conformance)/'},
      to: {dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown']},
    },
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: {circular: true},
    },
    {
      name: 'every import resolves',
      severity: 'error',
      from: {},
      to: {couldNotResolve: true},
    },
  ],
  options: {
    doNotFollow: {path: PACKAGE},
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.json'},
    enhancedResolveOptions: {exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types']},
  },
};
