import {
  commitGoodRelease,
  commitNeverReady,
  noticeAfterReturn,
  noticeAfterStatus,
  noticesDelivered,
  noticesGivenUp,
  noticesLost,
  noticesRepeated,
  noticesSent,
  noticesWrong,
  receiverOutage,
  timeToNotice,
  toldOf,
  type Change,
  type Fault,
  type Scenario,
} from './api.ts';
import { impatientRollingShop, wholeShop } from './applications/shop.ts';

const images = {
  good: 'registry.example/shop/web:1.5.0',
  broken: 'registry.example/shop/web:1.5.0-broken',
};

/** A release becomes ready, or never does, and the engine has to tell a web server, which is not always there. */
export const notification: Scenario<Change | Fault> = {
  name: 'notification',
  summary: 'release well and badly, and see which notifications reach a receiver that is away now and then',
  question:
    'When a release is out or has failed, how soon is a receiver told, how often, and what is lost while it is away?',
  application: impatientRollingShop,
  needs: ['notifications'],
  disturbances: [
    toldOf(
      'succeeded',
      commitGoodRelease('good-rollout', 'Deployment/web', 'web', images.good, wholeShop.readies),
    ),
    toldOf(
      'failed',
      commitNeverReady('failed-rollout', 'Deployment/web', 'web', images.broken, ['Endpoints/web']),
    ),
    toldOf('succeeded', receiverOutage('receiver-down-5s', { ...wholeShop, longestMs: 5_000 })),
    toldOf('succeeded', receiverOutage('receiver-down-30s', { ...wholeShop, longestMs: 30_000 })),
  ],
  figures: [
    noticesSent,
    noticesGivenUp,
    noticesDelivered,
    noticesRepeated,
    noticesLost,
    noticesWrong,
    timeToNotice,
    noticeAfterStatus,
    noticeAfterReturn,
  ],
  iterations: 2,
};
