/** What nothing types: a command, or all of a section. */
interface NotTyped {
  readonly what: string | { readonly page: string; readonly section: string };
  readonly why: string;
}

const isItself = 'it is what runs the tests';
const asRoot = 'it installs packages of the system, as root';
const standsForOthers = 'it says how commands are written, and is none';

/** Commands that nothing types, with the reason. */
export const notTyped: readonly NotTyped[] = [
  { what: 'npm ci && npm test', why: isItself },
  { what: 'npm test', why: isItself },
  { what: 'npm run test:long', why: isItself },
  { what: 'npm run check', why: '`npm test` begins with it' },
  { what: 'npx ava test/long/k3s.test.ts', why: isItself },
  { what: 'npm run …', why: standsForOthers },
  { what: 'npx gitops-lab …', why: standsForOthers },
  { what: 'npm run NAME -- FLAGS', why: standsForOthers },
  { what: 'npx gitops-lab NAME FLAGS', why: standsForOthers },
  { what: 'npm run scenario NAME', why: standsForOthers },
  { what: 'npm kept --FLAG for itself', why: 'it is a message' },
  { what: 'npm run', why: 'it is half a command' },
  { what: 'npm run lab -- job', why: 'it is half a command; the page that it leads to has the whole' },
  { what: 'apt-get install --yes mmdebstrap debian-archive-keyring', why: asRoot },
  {
    what: { page: 'docs/labs/vagrant.md', section: 'Virtual machines, by hand' },
    why: 'it needs libvirt, QEMU and hours of emulation; the page says what was seen',
  },
  {
    what: { page: 'docs/labs/existing.md', section: 'Images' },
    why: 'it needs a cluster that somebody else made with kind, and a registry for the images of the engines',
  },
  {
    what: { page: 'docs/labs/existing.md', section: 'Inside the cluster' },
    why: 'it needs a cluster that somebody else made with kind, and a registry for the images of the engines',
  },
  {
    what: 'docker load --input k3s.tar',
    why: 'it needs the image of k3s in a file, which has to be fetched before',
  },
  {
    what: 'podman tag localhost/kindest/node:v1.36.3-local docker.io/kindest/node:v1.36.3-local',
    why: 'it needs Podman and the image for nodes in it; Docker is what is tested',
  },
];
