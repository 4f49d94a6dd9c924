import type { Engine } from '../engine.ts';
import type { ManualOptions } from './options.ts';
import { runbookNamespace } from './status-board.ts';

/** Recovery by a written runbook of kubectl, helm and git, which a program follows at machine speed. */
export const manual: Engine<ManualOptions> = {
  name: 'manual',
  title: 'Runbook',
  tools: ['kubectl', 'helm'],
  footprint: { namespaces: [runbookNamespace], definitions: [], partsOf: [], objects: [] },
  featureTools: { helm: [], images: [], kustomize: [], notifications: [], ordering: [], webhooks: [] },
  install: async (context) => (await import('./install.ts')).installByRunbook(context),
  // How fast a machine types commands follows from no setting.
  predict: async (questions) => Promise.resolve(questions.map(() => null)),
};
