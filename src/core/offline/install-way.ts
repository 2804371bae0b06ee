/** How this browser installs the app, where only words can help. */
import { type DeviceSigns, isAppleTouch } from '../device';

export type InstallWay =
  | 'installed'
  | 'apple-touch'
  | 'safari-mac'
  | 'firefox-android'
  | 'firefox-windows'
  | 'firefox'
  | 'android'
  | 'browser';

export function installWay(
  signs: DeviceSigns,
  { isInstalled }: { readonly isInstalled: boolean },
): InstallWay {
  const { userAgent } = signs;
  if (isInstalled) return 'installed';
  // All browsers there are Safari inside.
  if (isAppleTouch(signs)) return 'apple-touch';
  if (/\bFirefox\//.test(userAgent)) {
    if (/\bAndroid\b/.test(userAgent)) return 'firefox-android';
    return /\bWindows\b/.test(userAgent) ? 'firefox-windows' : 'firefox';
  }
  if (/\bAndroid\b/.test(userAgent)) return 'android';
  return isSafari(userAgent) ? 'safari-mac' : 'browser';
}

/** Safari, which is in every browser of iPhones and iPads, does so with sites that are not installed. */
export function deletesAfterAWeek(way: InstallWay): boolean {
  return way === 'apple-touch' || way === 'safari-mac';
}

const isSafari = (userAgent: string) => /\bMacintosh\b.*\bVersion\/[\d.]+ Safari\//.test(userAgent);
