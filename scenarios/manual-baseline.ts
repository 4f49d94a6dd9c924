import { decisions, steps, timeAtHumanPace, type Scenario } from './api.ts';
import { revertBadRelease, shopDrift } from './applications/shop-disturbances.ts';
import { shop } from './applications/shop.ts';

/** The recoveries of drift-recovery and rollback by each engine, and by people who follow a written runbook. */
export const manualBaseline: Scenario = {
  name: 'manual-baseline',
  summary: 'recover by a written runbook of kubectl and helm, step by step, against GitOps',
  question:
    'What do the same recoveries take by a written runbook: how many commands and decisions, and how long?',
  application: shop,
  engines: ['flux', 'argocd', 'manual'],
  disturbances: [...shopDrift, revertBadRelease],
  // What people do is the same each time; the times of engines and machine need more to be told apart.
  iterations: 3,
  figures: [steps, decisions, timeAtHumanPace],
};
