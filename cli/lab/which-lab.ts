import { wrongUsage } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import { findLab, listLabs, type FoundLab } from '../../lab/home/labs.ts';

/** The lab that is named, or the only one there is. Throws an explained error where that is none. */
export function whichLab(name: string | undefined): FoundLab {
  if (name !== undefined) return findLab(name);
  const labs = listLabs();
  const [only] = labs;
  if (only === undefined) throw wrongUsage('there is no lab', `${ownCommand('lab', 'up')} starts one`);
  if (labs.length === 1) return only;
  const names = labs.map(({ home }) => home.name).join(', ');
  throw wrongUsage('there are several labs', `name one of them: ${names}`);
}
