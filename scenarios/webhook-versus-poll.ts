import { commitValue, type Change, type Scenario } from './api.ts';
import { shop } from './applications/shop.ts';

const toDollars = { key: 'currency', value: 'USD' };

/** The same commit twice: once the engine has to find it, once a webhook tells it. */
export const webhookVersusPoll: Scenario<Change> = {
  name: 'webhook-versus-poll',
  summary: 'push the same commit with and without a webhook, and time until each engine has applied it',
  question: 'How much sooner is a commit in the cluster when a webhook tells the engine of the push?',
  application: shop,
  needs: ['webhooks'],
  profile: 'polling',
  contrasts: [{ of: 'commit-told', against: 'commit-polled', when: 'With a webhook', did: 'had the commit' }],
  disturbances: [
    commitValue('commit-told', 'ConfigMap/web', toDollars, { isTold: true }),
    commitValue('commit-polled', 'ConfigMap/web', toDollars, { isTold: false }),
  ],
};
