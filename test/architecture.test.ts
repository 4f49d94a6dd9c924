import test from 'ava';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../', import.meta.url));
const places = ['cli.ts', 'cli', 'common', 'lab', 'reports', 'scenarios', 'test'];

/** The source files of the project, as paths from its root with forward slashes. */
function sourceFiles(): string[] {
  const below = places
    .filter((place) => !place.endsWith('.ts'))
    .flatMap((place) =>
      readdirSync(path.join(root, place), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.posix.join(place, file.replaceAll(path.sep, '/')),
      ),
    );
  return ['cli.ts', ...below.filter((file) => file.endsWith('.ts') && !file.startsWith('reports/runs/'))];
}

/** The files of the project that a file imports, for values or for types. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'), true, true);
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.posix.join(path.posix.dirname(file), name));
}

const graph = new Map(sourceFiles().map((file) => [file, importsOf(file)] as const));
const isTest = (file: string): boolean => file.endsWith('.test.ts') || file.startsWith('test/');

/** The imports from files below `from`, as `importer -> imported`, that `isForbidden`. */
function violations(from: string, isForbidden: (imported: string, importer: string) => boolean): string[] {
  return [...graph]
    .filter(([importer]) => importer.startsWith(from))
    .flatMap(([importer, imports]) =>
      imports
        .filter((imported) => isForbidden(imported, importer))
        .map((imported) => `${importer} -> ${imported}`),
    );
}

const outside =
  (...allowed: string[]) =>
  (imported: string): boolean =>
    !allowed.some((place) => imported.startsWith(place));

test('the imports of the project are found', (t) => {
  t.true(graph.size > 100);
  t.true(graph.get('cli.ts')?.some((imported) => imported.startsWith('cli/')));
  t.true(graph.get('scenarios/drift-recovery.ts')?.includes('scenarios/api.ts'));
});

test('every import names a file that is there', (t) => {
  t.deepEqual(
    violations('', (imported) => imported.endsWith('.ts') && !graph.has(imported)),
    [],
  );
});

test('what everything shares knows nothing but itself', (t) => {
  t.deepEqual(violations('common/', outside('common/')), []);
});

test('a lab knows neither scenarios nor reports nor the command line', (t) => {
  t.deepEqual(violations('lab/', outside('lab/', 'common/')), []);
});

test('reports know neither labs nor scenarios nor the command line', (t) => {
  t.deepEqual(violations('reports/', outside('reports/', 'common/')), []);
});

test('scenarios use labs, and of the reports the record alone', (t) => {
  const ours = outside('scenarios/', 'lab/', 'common/', 'reports/record/');
  t.deepEqual(
    violations(
      'scenarios/',
      (imported, importer) =>
        ours(imported) && !(isTest(importer) && imported.startsWith('reports/testing/')),
    ),
    [],
  );
});

test('the built-in scenarios and their applications use what users can, and nothing else', (t) => {
  const scenarioFile = /^scenarios\/[\w-]+\.ts$/;
  const machinery = ['scenarios/api.ts', 'scenarios/scenario.ts'];
  const builtIn = [...graph.keys()].filter(
    (file) => scenarioFile.test(file) && !isTest(file) && !machinery.includes(file),
  );
  t.true(builtIn.includes('scenarios/drift-recovery.ts'));
  const api = outside('scenarios/api.ts', 'scenarios/applications/');
  for (const file of [...builtIn, 'scenarios/applications/shop.ts']) t.deepEqual(violations(file, api), []);
});

test('engines do not know each other', (t) => {
  const engines = [...new Set([...graph.keys()].map((file) => /^lab\/engines\/[^/]+\//.exec(file)?.[0]))];
  const folders = engines.filter((folder) => folder !== undefined);
  t.true(folders.length >= 2);
  for (const folder of folders) {
    const others = folders.filter((other) => other !== folder);
    t.deepEqual(
      violations(folder, (imported) => others.some((other) => imported.startsWith(other))),
      [],
    );
  }
});

test('the providers of labs know neither engines nor each other', (t) => {
  const providers = ['lab/embedded/', 'lab/kind/', 'lab/k3s/', 'lab/vagrant/', 'lab/existing/'];
  for (const provider of providers) {
    const strangers = ['lab/engines/', ...providers.filter((other) => other !== provider)];
    t.deepEqual(
      violations(provider, (imported) => strangers.some((stranger) => imported.startsWith(stranger))),
      [],
    );
  }
});

test('nothing but tests uses what is there for tests', (t) => {
  const forTests = /\/testing\/|-for-tests\.ts$|-fixture\.ts$|\.test\.ts$|^test\//;
  t.deepEqual(
    violations('', (imported, importer) => forTests.test(imported) && !forTests.test(importer)),
    [],
  );
});

/** The first cycle that is found, file by file; undefined where there is none. */
function findCycle(imports: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const finished = new Set<string>();
  const visit = (file: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (finished.has(file)) return undefined;
    for (const imported of imports.get(file) ?? []) {
      const cycle = visit(imported, [...trail, file]);
      if (cycle !== undefined) return cycle;
    }
    finished.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const cycle = visit(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

test('no file imports itself by way of others', (t) => {
  t.deepEqual(findCycle(graph), undefined);
  const cyclic = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['b']],
  ]);
  t.deepEqual(findCycle(cyclic), ['b', 'd', 'b']);
});
