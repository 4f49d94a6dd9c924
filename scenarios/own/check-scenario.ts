import * as z from 'zod';
import { wrongUsage } from '../../common/explained-error.ts';
import { suggestName } from '../../common/nearest-name.ts';
import { engineFeatures } from '../../lab/engine-feature.ts';
import { forgeNames } from '../../lab/forge/forge.ts';
import { listAt, valueAt } from '../../lab/kube/objects.ts';
import { tellingIssue } from '../settings/read-settings.ts';
import { gitopsNames } from '../../reports/record/schema.ts';
import { builtInProfiles } from '../profiles/built-in.ts';
import { keysAt, writtenPath } from '../settings/schema-keys.ts';
import type {
  Application,
  Change,
  Chart,
  Disturbance,
  Drift,
  Fault,
  Figure,
  Publication,
  Scenario,
} from '../scenario.ts';
import { applicationProblem, dnsLabel, type Problem } from './check-application.ts';
import { disturbancesProblem } from './check-disturbance.ts';

/** A name that people type and that directories bear. */
export const Name = z
  .string()
  .max(40)
  .regex(dnsLabel, { error: 'write small letters, digits and dashes, such as delete-web' })
  .refine((name) => name !== 'latest', { error: '"latest" stands for the newest run' });

/** One sentence or question for people. */
export const Words = z.string().min(1);
export const ObjectNames = z.array(
  z.templateLiteral([z.string().min(1), '/', z.string().min(1)], {
    error: 'write an object as Kind/name, such as Deployment/web',
  }),
);

/** What a question sets against each other. */
export const Contrasts = z.array(
  z.strictObject({
    of: Name.describe('The disturbance that the answer speaks of.'),
    against: Name.describe('The disturbance that it is held against.'),
    when: Words.describe('How the answer begins: `With a webhook`.'),
    did: Words.describe(
      'What an engine has done when its time to restore ends, as it follows its name: `had the commit`.',
    ),
  }),
);

function functionOf<Type>(): z.ZodType<Type> {
  return z.custom<Type>((value) => typeof value === 'function', { error: 'give a function' });
}

const common = {
  name: Name,
  sentence: Words,
  command: Words,
  restores: ObjectNames,
  readies: ObjectNames,
  images: z.array(Words).optional(),
  environment: Name.optional(),
  feature: Words.optional(),
  featureFailures: Words.optional(),
  notice: z
    .strictObject({
      outcome: z.enum(['succeeded', 'failed']),
      waitMs: z.number().positive(),
      listenMs: z.number().nonnegative(),
    })
    .optional(),
  onlyWhenNamed: z.literal(true).optional(),
  knownToTakeMs: z.record(z.string(), z.number().positive()).optional(),
  machines: z.enum(['power', 'rebuild']).optional(),
  watchMs: z.int().positive().optional(),
};

const shapes = {
  drift: z.strictObject({
    ...common,
    kind: z.literal('drift'),
    target: ObjectNames.element,
    effect: z.enum(['removed', 'changed']),
    act: functionOf<Drift['act']>(),
    correction: z.literal('off').optional(),
  }),
  change: z.strictObject({
    ...common,
    kind: z.literal('change'),
    message: Words,
    change: functionOf<Change['change']>(),
    removes: ObjectNames,
    outcome: z.enum(['applied', 'surfaced', 'undone']).optional(),
    isTold: z.boolean().optional(),
    isReviewed: z.boolean().optional(),
    filesOf: functionOf<NonNullable<Change['filesOf']>>().optional(),
    after: z
      .strictObject({
        message: Words,
        change: functionOf<Change['change']>(),
        breaks: ObjectNames,
        removes: ObjectNames.optional(),
      })
      .optional(),
  }),
  fault: z.strictObject({ ...common, kind: z.literal('fault'), act: functionOf<Fault['act']>() }),
  publication: z.strictObject({
    ...common,
    kind: z.literal('publication'),
    tagsAfter: functionOf<Publication['tagsAfter']>(),
    outcome: z.enum(['applied', 'left']),
    leftForMs: z.int().positive().optional(),
  }),
} satisfies Record<Disturbance['kind'], z.ZodType>;

const ChartShape = z.strictObject({
  name: Name,
  files: z.record(z.string().min(1), z.string()),
  releaseOf: functionOf<Chart['releaseOf']>(),
  renders: functionOf<Chart['renders']>(),
});

const ApplicationShape = z.strictObject({
  name: Words,
  namespace: Words,
  path: Words,
  cluster: Name.optional(),
  objectsAt: functionOf<Application['objectsAt']>(),
  filesOf: functionOf<NonNullable<Application['filesOf']>>().optional(),
  chart: ChartShape.optional(),
  followedImage: z
    .strictObject({
      image: z
        .string()
        .regex(/^[^/]+\/.+:.+$/, { error: 'write an image with its tag: registry.example/shop/web:1.0.0' }),
      range: Words,
      valuesKey: Words.optional(),
    })
    .optional(),
});

const ScenarioShape = z.strictObject({
  name: Name,
  summary: Words,
  question: Words,
  application: ApplicationShape,
  // A runbook is written for the objects of one application, and built in.
  engines: z.array(z.enum(gitopsNames)).min(1).optional(),
  environments: z
    .array(z.strictObject({ name: Name, application: ApplicationShape }))
    .min(2)
    .optional(),
  hasOwnRepositories: z.literal(true).optional(),
  disturbances: z
    .array(z.discriminatedUnion('kind', [shapes.drift, shapes.change, shapes.fault, shapes.publication]))
    .min(1),
  figures: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z]\w*$/, { error: 'write it as a key of JSON, such as timeUnservedMs' }),
        title: Words,
        unit: z.enum(['ms', 'count', 'share']),
        of: functionOf<Figure['of']>(),
      }),
    )
    .optional(),
  contrasts: Contrasts.optional(),
  profile: z.enum(builtInProfiles.map(({ name }) => name)).optional(),
  iterations: z.int().min(1).optional(),
  needs: z.array(z.enum(engineFeatures)).optional(),
  forge: z.enum(forgeNames).optional(),
  registry: z.literal(true).optional(),
  operator: z.literal(true).optional(),
  needsPods: z.literal(true).optional(),
  leastNodes: z.int().min(1).optional(),
  leastTimeoutMs: z.int().positive().optional(),
  requests: z
    .strictObject({
      nodePort: z.int().min(1).max(65_535),
      path: z.string().startsWith('/'),
      perSecond: z.int().min(1).max(1000),
      timeoutMs: z.int().positive(),
    })
    .optional(),
  leaves: z
    .array(z.strictObject({ apiVersion: Words, kind: Words, namespace: Words.optional(), name: Words }))
    .optional(),
});

/** A chart needs a registry that has it, and engines that keep it. */
function chartProblem({ application, needs = [], registry }: Scenario): Problem | undefined {
  if (application.chart === undefined || (registry === true && needs.includes('helm'))) return undefined;
  return {
    what: 'its application is a chart, and the lab has no registry or engines that keep none',
    next: "write registry: true and needs: ['helm']",
  };
}

/** Throws an explained error where there is a problem; `where` says with what. */
export function demandNone(problem: Problem | undefined, where: string): void {
  if (problem !== undefined) throw wrongUsage(`${where}: ${problem.what}`, problem.next);
}

/** Tags are pushed to a registry, and taken by automation; both have to be there. */
function imageProblem(scenario: Scenario): Problem | undefined {
  const {
    application,
    environments = [{ application }],
    disturbances,
    needs = [],
    registry,
    forge,
  } = scenario;
  const isPublished = disturbances.some(({ kind }) => kind === 'publication');
  const isFollowed = environments.some((one) => one.application.followedImage !== undefined);
  if (!isPublished && !isFollowed) return undefined;
  const isWhole = isFollowed && registry === true && needs.includes('images') && forge !== 'gitea';
  if (isWhole) return undefined;
  return {
    what: 'an image is to be followed, and something that it takes is missing',
    next: "give the application a followedImage, write registry: true and needs: ['images'], and leave out forge",
  };
}

/** Requests go to a port of every node, and what is simulated answers none. */
function requestsProblem({ application, requests, needsPods }: Scenario): Problem | undefined {
  if (requests === undefined) return undefined;
  if (needsPods !== true)
    return { what: 'it sends requests, which simulated pods do not answer', next: 'write needsPods: true' };
  const ports = application.objectsAt(0).flatMap((object) => listAt(object, 'spec', 'ports'));
  if (ports.some((port) => valueAt(port, 'nodePort') === requests.nodePort)) return undefined;
  return {
    what: `requests.nodePort: no Service of the application has the nodePort ${requests.nodePort}`,
    next: `give one type: NodePort, and nodePort: ${requests.nodePort} to its port`,
  };
}

/** The scenario that a value is. Throws an explained error for the first thing that is wrong; `file` names where it comes from. */
export function checkScenario(value: unknown, file: string): Scenario {
  const parsed = ScenarioShape.safeParse(value);
  const issue = parsed.error && tellingIssue(parsed.error);
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const where = issue.path.length === 0 ? '' : `${writtenPath(issue.path)}: `;
    throw wrongUsage(
      `${file}: ${where}unknown field "${key}"`,
      suggestName(key, keysAt(ScenarioShape, issue.path)),
    );
  }
  if (issue !== undefined)
    throw wrongUsage(`${file}: ${writtenPath(issue.path)}: ${issue.message}`, `mend ${file}`);
  const scenario = value as Scenario;
  demandNone(applicationProblem(scenario.application), file);
  demandNone(imageProblem(scenario), file);
  demandNone(disturbancesProblem(scenario), file);
  demandNone(chartProblem(scenario), file);
  demandNone(requestsProblem(scenario), file);
  return scenario;
}
