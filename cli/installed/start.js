// Node.js strips no types below node_modules (https://nodejs.org/api/typescript.html), and tsx does.
import 'tsx';

await import('../without-source-maps.ts');
await import('../../cli.ts');
