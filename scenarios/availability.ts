import {
  commitGoodRelease,
  deletePods,
  editImage,
  errorShare,
  longestRequestGap,
  remove,
  requestGaps,
  requestP95,
  requestsFailed,
  requestsSent,
  scale,
  type Scenario,
} from './api.ts';
import { nodePort, reachableShop, web, wholeShop } from './applications/shop.ts';

const service = { ...web, apiVersion: 'v1', kind: 'Service' };
const serving = wholeShop.readies;

/** Clients go on asking for the shop while someone disturbs it: what do they notice? */
export const availability: Scenario = {
  name: 'availability',
  summary: 'send requests to real pods while they are disturbed, and count what fails and for how long',
  question: 'How many requests fail, and for how long is nobody served, until each engine has put it right?',
  application: reachableShop,
  disturbances: [
    remove('delete-deployment', web, { readies: serving }),
    remove('delete-service', service, { readies: serving }),
    { ...scale('scale-to-zero', web, 0), readies: serving },
    { ...editImage('edit-image', web, 'web', 'registry.example/shop/web:hotfix'), readies: serving },
    deletePods('delete-pods', web.namespace, wholeShop),
    commitGoodRelease('release', 'Deployment/web', 'web', 'registry.example/shop/web:1.5.0', serving),
  ],
  needsPods: true,
  requests: { nodePort, path: '/', perSecond: 50, timeoutMs: 1000 },
  figures: [requestsSent, requestsFailed, errorShare, requestP95, requestGaps, longestRequestGap],
  iterations: 3,
};
