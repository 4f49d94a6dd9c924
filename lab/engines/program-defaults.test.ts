import test from 'ava';
import { parseFlagDefaults } from './program-defaults.ts';

const help = `Usage:
  controller [flags]

Flags:
      --app-resync int                       Time period in seconds. (default 120)
      --concurrent-ssa int                   The number of concurrent operations.
  -h, --help                                 help for controller
      --min-retry-delay duration             The minimum delay. (default 750ms)
      --repo-server string                   Repo server address. (default "argocd-repo-server:8081")
      --server-side-diff-enabled             Feature flag to enable ServerSide diff. Default ("false")
`;

test('the defaults of flags are read from a help text', (t) => {
  t.deepEqual(Object.fromEntries(parseFlagDefaults(help)), {
    'app-resync': '120',
    'concurrent-ssa': '0',
    help: 'false',
    'min-retry-delay': '750ms',
    'repo-server': 'argocd-repo-server:8081',
    'server-side-diff-enabled': 'false',
  });
});
