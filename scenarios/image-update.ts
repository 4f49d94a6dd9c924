import {
  automationCommits,
  pushNewTag,
  pushOtherTags,
  timeToCommit,
  timeToTagSeen,
  type Publication,
  type Scenario,
} from './api.ts';
import { followedChartShop, followedShop } from './applications/followed-shop.ts';
import { wholeShop } from './applications/shop.ts';

const manifests = { name: 'manifests', application: followedShop };
const values = { name: 'values', application: followedChartShop };
/** Several intervals of both engines. */
const leftForMs = 10_000;

/** An image gets a new tag; the engine's automation finds it, writes it to Git, and the engine applies that commit. */
export const imageUpdate: Scenario<Publication> = {
  name: 'image-update',
  summary: 'push a new tag of an image, and time until each engine has committed and applied it',
  question:
    'How soon does a new tag of an image run, when the engine itself writes it to Git, and does it leave tags that are not for production?',
  application: manifests.application,
  environments: [manifests, values],
  hasOwnRepositories: true,
  needs: ['images', 'helm'],
  registry: true,
  iterations: 5,
  disturbances: [
    pushNewTag('new-tag', "a Deployment's manifest", { ...wholeShop, environment: 'manifests' }),
    pushOtherTags('older-or-prerelease-tag', leftForMs, { ...wholeShop, environment: 'manifests' }),
    pushNewTag('new-tag-in-values', "the values of a chart's release", {
      ...wholeShop,
      environment: 'values',
    }),
  ],
  figures: [timeToTagSeen, timeToCommit, automationCommits],
};
