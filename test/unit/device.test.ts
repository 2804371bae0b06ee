import { describe, expect, it } from 'vitest';
import { deviceSigns, isMobile } from '../../src/core/device';
import { installMethod } from '../../src/core/offline/install-method';

const chrome = (system: string) =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36`;
const safari = (system: string, mobile = '') =>
  `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 ${mobile}Safari/605.1.15`;
const firefox = (system: string) =>
  `Mozilla/5.0 (${system}; rv:145.0) Gecko/20100101 Firefox/145.0`;

const mac = 'Macintosh; Intel Mac OS X 10_15_7';
const iPhone = 'iPhone; CPU iPhone OS 18_7 like Mac OS X';

const devices = [
  ['Chrome on Android', chrome('Linux; Android 10; K'), 5, true, 'android', true],
  ['Chrome on an Android tablet', chrome('Linux; Android 10; K'), 5, false, 'android', true],
  ['Firefox on Android', firefox('Android 15; Mobile'), 5, undefined, 'firefox-android', true],
  ['Safari on an iPhone', safari(iPhone, 'Mobile/15E148 '), 5, undefined, 'apple-touch', true],
  ['Safari on an iPad', safari(mac), 5, undefined, 'apple-touch', true],
  ['Safari on a Mac', safari(mac), 0, undefined, 'safari-mac', false],
  ['Chrome on a Mac', chrome(mac), 0, false, 'browser', false],
  ['Chrome on a touch laptop', chrome('Windows NT 10.0; Win64; x64'), 10, false, 'browser', false],
  [
    'Firefox on a touch laptop',
    firefox('Windows NT 10.0; Win64; x64'),
    10,
    undefined,
    'firefox-windows',
    false,
  ],
  ['Firefox on Linux', firefox('X11; Linux x86_64'), 0, undefined, 'firefox', false],
  ['WebKit on Linux', safari('X11; Linux x86_64'), 0, undefined, 'browser', false],
] as const;

describe('a device', () => {
  it.each(devices)(
    '%s is mobile, or not, and installs in its way',
    (_, userAgent, maxTouchPoints, mobile, way, mobileIs) => {
      const hint = mobile === undefined ? {} : { userAgentData: { mobile } };
      const signs = deviceSigns({ userAgent, maxTouchPoints, ...hint });
      expect(isMobile(signs)).toBe(mobileIs);
      expect(installMethod(signs, { isInstalled: false })).toBe(way);
      expect(installMethod(signs, { isInstalled: true })).toBe('installed');
    },
  );
});
