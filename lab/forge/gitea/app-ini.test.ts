import test from 'ava';
import { appIni } from './app-ini.ts';

const options = {
  directory: '/home/some one/lab/gitea',
  address: '172.18.0.1',
  port: 41_234,
  secrets: { secretKey: 'a-key', internalToken: 'a-token', signingKey: 'a-signing-key' },
  isRoot: false,
};

test('the server listens on the address that it is given alone, without SSH, and fetches nothing', (t) => {
  const text = appIni(options);
  t.regex(text, /^HTTP_ADDR = 172\.18\.0\.1$/m);
  t.regex(text, /^ROOT_URL = http:\/\/172\.18\.0\.1:41234\/$/m);
  t.regex(text, /^ALLOWED_HOST_LIST = 172\.18\.0\.1\/32$/m);
  t.regex(text, /^DISABLE_SSH = true$/m);
  t.regex(text, /^OFFLINE_MODE = true$/m);
  t.regex(text, /\[cron\.update_checker\]\nENABLED = false/);
});

test('nobody can sign up, or read without an account', (t) => {
  t.regex(appIni(options), /\[service\]\nDISABLE_REGISTRATION = true\nREQUIRE_SIGNIN_VIEW = true/);
});

test('all that it writes lies in its directory, which may have blanks in its path', (t) => {
  const paths = appIni(options)
    .split('\n')
    .filter((line) => line.includes('`'));
  t.is(paths.length, 4);
  for (const line of paths) t.regex(line, / = `\/home\/some one\/lab\/gitea\/[a-z/.]+`$/);
});

test('it runs as root only where it must', (t) => {
  t.regex(appIni(options), /^I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = false$/m);
  t.regex(appIni({ ...options, isRoot: true }), /^I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true$/m);
});
