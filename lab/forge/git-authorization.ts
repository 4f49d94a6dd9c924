import { authorizationOf, type Credentials } from './basic-authentication.ts';

/** Lets git into a server. It takes settings by environment, so that no list of processes shows a secret (git-config(1), GIT_CONFIG_COUNT). */
export function gitAuthorization(credentials: Credentials): Record<string, string> {
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: ${authorizationOf(credentials)}`,
    no_proxy: '*',
  };
}
