import path from 'node:path';

/** What Gitea's configuration follows from. */
interface AppIniOptions {
  /** Gitea's own directory, where all of it lies. */
  readonly directory: string;
  /** The address of this machine that it listens on, and no other. */
  readonly address: string;
  readonly port: number;
  readonly secrets: GiteaSecrets;
  /** Gitea refuses to run as root unless it is told that this is meant. */
  readonly isRoot: boolean;
}

/** Random, and kept as long as the directory, for Gitea signs and encrypts with them. */
interface GiteaSecrets {
  readonly secretKey: string;
  readonly internalToken: string;
  readonly signingKey: string;
}

/** Where the server answers. */
export function giteaUrl(address: string, port: number): string {
  return `http://${address}:${port}`;
}

type Section = readonly [name: string, values: Readonly<Record<string, string | number | boolean>>];

/** A name in back quotes holds any path (https://pkg.go.dev/gopkg.in/ini.v1). */
function quoted(text: string): string {
  return `\`${text}\``;
}

function sectionText([name, values]: Section): string {
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${value}`);
  return [...(name === '' ? [] : [`[${name}]`]), ...lines, ''].join('\n');
}

/**
 * Gitea's app.ini (https://docs.gitea.com/administration/config-cheat-sheet): on one address alone, everything in
 * one directory, nobody can sign up or look in without an account, and nothing is fetched from the Internet.
 */
export function appIni({ directory, address, port, secrets, isRoot }: AppIniOptions): string {
  const url = giteaUrl(address, port);
  const sections: Section[] = [
    ['', { APP_NAME: 'gitops-lab', RUN_MODE: 'prod', I_AM_BEING_UNSAFE_RUNNING_AS_ROOT: isRoot }],
    [
      'server',
      {
        PROTOCOL: 'http',
        HTTP_ADDR: address,
        HTTP_PORT: port,
        ROOT_URL: `${url}/`,
        LOCAL_ROOT_URL: `${url}/`,
        DISABLE_SSH: true,
        OFFLINE_MODE: true,
        LFS_START_SERVER: false,
        APP_DATA_PATH: quoted(path.join(directory, 'data')),
      },
    ],
    [
      'database',
      {
        DB_TYPE: 'sqlite3',
        PATH: quoted(path.join(directory, 'data', 'gitea.db')),
        SQLITE_JOURNAL_MODE: 'WAL',
        LOG_SQL: false,
      },
    ],
    ['repository', { ROOT: quoted(path.join(directory, 'repositories')), DEFAULT_BRANCH: 'main' }],
    // A collection of garbage would blur a measurement.
    ['git.config', { 'gc.auto': 0, 'maintenance.auto': false, 'receive.autogc': false }],
    [
      'security',
      { INSTALL_LOCK: true, SECRET_KEY: secrets.secretKey, INTERNAL_TOKEN: secrets.internalToken },
    ],
    ['oauth2', { ENABLED: false, JWT_SECRET: secrets.signingKey }],
    ['service', { DISABLE_REGISTRATION: true, REQUIRE_SIGNIN_VIEW: true, ENABLE_NOTIFY_MAIL: false }],
    ['openid', { ENABLE_OPENID_SIGNIN: false, ENABLE_OPENID_SIGNUP: false }],
    ['webhook', { ALLOWED_HOST_LIST: `${address}/32` }],
    ['indexer', { ISSUE_INDEXER_TYPE: 'db' }],
    ['actions', { ENABLED: false }],
    ['packages', { ENABLED: true }],
    ['picture', { DISABLE_GRAVATAR: true }],
    ['cron.update_checker', { ENABLED: false }],
    [
      'log',
      {
        MODE: 'console',
        LEVEL: 'Info',
        'logger.access.MODE': '',
        ROOT_PATH: quoted(path.join(directory, 'log')),
      },
    ],
  ];
  return sections.map(sectionText).join('\n');
}
