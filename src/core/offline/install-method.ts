/** How this browser installs the app, for browsers without an install prompt. */
import { type DeviceSigns, isAppleTouch } from '../device';

export type InstallMethod =
  | 'installed'
  | 'apple-touch'
  | 'safari-mac'
  | 'firefox-android'
  | 'firefox-windows'
  | 'firefox'
  | 'android'
  | 'browser';

export function installMethod(
  signs: DeviceSigns,
  { isInstalled }: { readonly isInstalled: boolean },
): InstallMethod {
  const { userAgent } = signs;
  if (isInstalled) return 'installed';
  // All browsers there use Safari's engine.
  if (isAppleTouch(signs)) return 'apple-touch';
  if (/\bFirefox\//.test(userAgent)) {
    if (/\bAndroid\b/.test(userAgent)) return 'firefox-android';
    return /\bWindows\b/.test(userAgent) ? 'firefox-windows' : 'firefox';
  }
  if (/\bAndroid\b/.test(userAgent)) return 'android';
  return isSafari(userAgent) ? 'safari-mac' : 'browser';
}

/**
 * Safari, and so every browser on iPhones and iPads, deletes the data of unused sites unless they are
 * installed.
 */
export function deletesAfterAWeek(way: InstallMethod): boolean {
  return way === 'apple-touch' || way === 'safari-mac';
}

const isSafari = (userAgent: string) => /\bMacintosh\b.*\bVersion\/[\d.]+ Safari\//.test(userAgent);
