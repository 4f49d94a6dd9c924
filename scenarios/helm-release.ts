import {
  bumpChart,
  changeValues,
  editImage,
  failUpgrade,
  failureTold,
  installChart,
  leftAlone,
  remove,
  timeUnserved,
  type Scenario,
} from './api.ts';
import { chartShop, withNextChart } from './applications/shop-chart.ts';
import { web, wholeShop } from './applications/shop.ts';

const deletion = remove('delete-deployment', web, { readies: ['Deployment/web'] });
const edit = editImage('edit-image', web, 'web', 'registry.example/shop/web:hotfix');
/** Many intervals of both engines. */
const watchMs = 15_000;

/** A chart of the lab's registry is released, upgraded and changed by hand; the engine keeps the release as Git has it. */
export const helmRelease: Scenario = {
  name: 'helm-release',
  summary: 'install, upgrade and break the release of a chart, and change its objects by hand',
  question:
    'How fast does each engine install and upgrade a chart, does it go back when an upgrade fails, and does it put back drift?',
  application: chartShop,
  needs: ['helm'],
  registry: true,
  iterations: 3,
  disturbances: [
    installChart('install', wholeShop),
    bumpChart('bump-chart', withNextChart, wholeShop),
    changeValues('change-values', 'Deployment/web', 'web', 'registry.example/shop/web:1.5.0'),
    failUpgrade('failed-upgrade', 'Deployment/web', {
      container: 'web',
      image: 'registry.example/shop/web:1.5.0-broken',
      readies: ['Deployment/web', 'Endpoints/web'],
      watchMs: 30_000,
    }),
    deletion,
    edit,
    leftAlone('delete-deployment-correction-off', deletion, watchMs),
    leftAlone('edit-image-correction-off', edit, watchMs),
  ],
  figures: [failureTold, timeUnserved('Endpoints/web')],
};
