import type { Examination, LabProvider } from '../../lab/provider.ts';
import type { Registry } from '../surroundings.ts';
import type { Finding } from './finding.ts';
import { judgeAbility, type ProgramFacts } from './programs.ts';

type Question = Parameters<LabProvider['examine']>[0];

/** What there is to say about a kind of lab, of which `programs` says whether there is a way to its programs. Only the default one keeps the default scenario from running. */
export function judgeLab(
  name: string,
  isDefault: boolean,
  programs: Finding,
  { found, obstacles }: Examination,
): Finding[] {
  const mark = isDefault ? 'bad' : 'warning';
  const isPossible = programs.mark === 'good' && !obstacles.some(({ isFatal }) => isFatal);
  const using = found.length === 0 ? '' : `: ${found.join(', ')}`;
  return [
    ...(isPossible ? [{ ...programs, text: `${programs.text}${using}` }] : []),
    ...(programs.mark === 'good' ? [] : [{ ...programs, mark } as const]),
    ...obstacles.map(({ what, remedy, isFatal }): Finding => {
      const can = isFatal ? "can't" : 'may not';
      return { mark: isFatal ? mark : 'warning', text: `the ${name} lab ${can} run: ${what}`, remedy };
    }),
  ];
}

/** Looks whether each kind of lab can run here. */
export async function examineLabs(
  { labs }: Pick<Registry, 'labs'>,
  facts: ProgramFacts,
  question: Question,
): Promise<Finding[]> {
  const all = labs.map(async ({ name, choose }, index) => {
    const { tools, examine } = choose({});
    const programs = judgeAbility(`the ${name} lab`, tools, facts);
    return judgeLab(name, index === 0, programs, await examine(question));
  });
  return (await Promise.all(all)).flat();
}
