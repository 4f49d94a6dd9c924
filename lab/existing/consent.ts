import { wrongUsage } from '../../common/explained-error.ts';

interface ConsentQuestion {
  /** The context's name, and the address of its API server. */
  readonly name: string;
  readonly server: string;
  /** What is going to happen there, in lines of whole sentences. */
  readonly intention: readonly string[];
  /** What was passed in the place of an answer: the name of the context that may be disturbed. */
  readonly given: string | undefined;
  /** Asks the user at a terminal; undefined where nobody can be asked. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

/** What a run does in a cluster. */
export const runIntention = [
  'A run installs engines in it, with the rights that they need, deletes and edits objects in namespaces of its own,',
  'and removes all of it in the end. Never use a cluster for it that others rely on.',
] as const;

function questionFor({ name, server, intention }: ConsentQuestion): string {
  return [
    `The context "${name}" is a cluster that gitops-lab has not made: ${server}`,
    ...intention,
    `To go on, type the name of the context: `,
  ].join('\n');
}

/** Returns once the user has typed the context's name, or has passed it. Throws an explained error otherwise. */
export async function demandConsent(question: ConsentQuestion): Promise<void> {
  const { name, given, ask } = question;
  if (given !== undefined) {
    if (given === name) return;
    throw wrongUsage(
      `--consent is for "${given}", and the context is "${name}"`,
      'give the name of the context that is to be disturbed to both',
    );
  }
  if (ask === undefined) {
    throw wrongUsage(
      `nobody has agreed to disturb the cluster of the context "${name}"`,
      `there is no terminal to ask at; pass its name if it may be disturbed: --consent ${name}`,
    );
  }
  const typed = (await ask(questionFor(question))).trim();
  if (typed === name) return;
  throw wrongUsage(
    `what was typed is not "${name}", so nothing was touched`,
    'start it again, and type the name as it is written',
  );
}
