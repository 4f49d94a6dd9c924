import * as z from 'zod';
import { Contrasts, Name, ObjectNames, Words } from './check-scenario.ts';

const ObjectName = ObjectNames.element;
const KubernetesName = z.string().min(1);
const Deployment = KubernetesName.describe('The name of a Deployment of the application.');
const Container = KubernetesName.describe('The name of a container of the Deployment.');

/** What is done, one of them in each disturbance. */
const deeds = {
  delete: ObjectName.describe('Someone deletes this object by hand, written as `Kind/name`.').optional(),
  scale: z
    .strictObject({
      deployment: Deployment,
      replicas: z.int().min(0).describe('To how many; another number than Git has.'),
    })
    .describe('Someone scales a Deployment by hand.')
    .optional(),
  'set-image': z
    .strictObject({
      deployment: Deployment,
      container: Container,
      image: z.string().min(1).describe('Another image than Git has.'),
    })
    .describe('Someone changes the image of a container by hand.')
    .optional(),
  'set-env': z
    .strictObject({
      deployment: Deployment,
      container: Container,
      name: KubernetesName.describe('A variable that Git sets.'),
      value: z.string().describe('Another value than Git has.'),
    })
    .describe('Someone changes a variable of a container by hand.')
    .optional(),
  'remove-manifest': ObjectName.describe(
    'Someone removes the manifest of this object, written as `Kind/name`, from Git.',
  ).optional(),
};

/** The names of what can be done. */
export const deedNames = Object.keys(deeds) as readonly (keyof typeof deeds)[];

const Disturbance = z
  .strictObject({
    name: Name.describe('What `--only` and reports call it.'),
    ...deeds,
    restores: ObjectNames.optional().describe(
      'What must be as Git has it before it counts as restored; found from what is done where it is left out.',
    ),
    readies: ObjectNames.optional().describe(
      'What must do its work again before it counts as ready; `Endpoints/web` are those of the Service `web`. Found from what is done where it is left out.',
    ),
  })
  .refine((given) => deedNames.filter((deed) => given[deed] !== undefined).length === 1, {
    error: `give exactly one of ${deedNames.join(', ')}`,
  });
export type YamlDisturbance = z.infer<typeof Disturbance>;

const Manifests = z
  .union([z.string().min(1), z.array(z.record(z.string(), z.unknown())).min(1)], {
    error: 'give the path of a file or of a directory of manifests, or a list of manifests',
  })
  .describe(
    'What Git holds: the path of a file or directory, from where this file is, or the manifests themselves.',
  );

/** A scenario in YAML; what it means is in the descriptions. */
export const YamlScenario = z.strictObject({
  name: Name.describe('What it is run by: small letters, digits and dashes.'),
  summary: Words.describe('What it does, in one sentence without a stop, for lists.'),
  question: Words.describe('The question that the times answer.'),
  application: z
    .strictObject({
      name: Name.optional().describe('What the engine calls it; as the scenario where it is left out.'),
      manifests: Manifests,
    })
    .describe('What Git holds, and each engine keeps.'),
  disturbances: z.array(Disturbance).min(1).describe('What happens to it.'),
  contrasts: Contrasts.optional().describe(
    'What the question sets against each other: the answer then begins with how these differ within each engine.',
  ),
});
export type YamlScenario = z.infer<typeof YamlScenario>;

/** The JSON Schema (draft 2020-12) of a scenario's file, for editors. */
export function scenarioJsonSchema(): unknown {
  const schema = z.toJSONSchema(YamlScenario, {
    io: 'input',
    override: ({ jsonSchema, path }) => {
      const isDisturbance = path.at(-1) === 'items' && path.at(-2) === 'disturbances';
      if (isDisturbance)
        jsonSchema.oneOf = deedNames.map((deed) => ({
          type: 'object',
          properties: { [deed]: {} },
          required: [deed],
        }));
    },
  });
  return { title: 'a scenario of gitops-lab', ...schema };
}
