export default {
  files: ['**/*.test.ts', '!test/**'],
  extensions: { ts: 'module' },
  nodeArguments: ['--import=tsx'],
  timeout: '60s',
};
