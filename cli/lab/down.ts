import { endLab, listLabs } from '../../lab/home/labs.ts';
import { whichLab } from './which-lab.ts';

async function endOne(name: string, write: (line: string) => void): Promise<void> {
  const left = await endLab(name);
  write(left.length === 0 ? `${name} ended` : `${name} ended; what its owner had left: ${left.join(', ')}`);
}

/** Ends one lab, or all of them with the runs that they belong to. */
export async function bringDown(
  name: string | undefined,
  isAll: boolean,
  write: (line: string) => void,
): Promise<void> {
  if (!isAll) {
    await endOne(whichLab(name).home.name, write);
    return;
  }
  const labs = listLabs();
  if (labs.length === 0) write('there is no lab');
  await Promise.all(labs.map(async ({ home }) => endOne(home.name, write)));
}
