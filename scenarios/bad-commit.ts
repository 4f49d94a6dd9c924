import { impatientShop } from './applications/shop.ts';
import { commitBrokenManifest, commitNeverReady } from './disturbances/by-commit.ts';
import { timeUnserved } from './figures/windows.ts';
import type { Change, Scenario } from './scenario.ts';

/** A commit can't be applied, or its release never becomes ready; the engine has to say so, and the old version to go on. */
export const badCommit: Scenario<Change> = {
  name: 'bad-commit',
  summary: 'commit what can not work, and time until each engine says so',
  question:
    'When a commit can not be applied or never becomes ready, how soon does the engine say so, and does the old version go on?',
  application: impatientShop,
  disturbances: [
    commitBrokenManifest('broken-manifest', 'Deployment/web', ['Endpoints/web']),
    commitNeverReady('never-ready', 'Deployment/web', 'web', 'registry.example/shop/web:1.5.0-broken', [
      'Endpoints/web',
    ]),
  ],
  figures: [timeUnserved('Endpoints/web')],
};
