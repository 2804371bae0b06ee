/** What kind of device this is, as far as the browser says. */

export interface DeviceSigns {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
  /** `navigator.userAgentData.mobile`, where there is one. */
  readonly mobile?: boolean | undefined;
}

/** An iPhone or iPad, in whatever browser. iPads call themselves Macs, which have no touch screen. */
export function isAppleTouch({ userAgent, maxTouchPoints }: DeviceSigns): boolean {
  return (
    /\b(iPhone|iPad|iPod)\b/.test(userAgent) ||
    (/\bMacintosh\b/.test(userAgent) && maxTouchPoints > 1)
  );
}

/** A phone or a tablet: the browser says so. That a screen can be touched says nothing. */
export function isMobile(signs: DeviceSigns): boolean {
  return signs.mobile === true || /\bAndroid\b/.test(signs.userAgent) || isAppleTouch(signs);
}

/** Of the browser's `navigator`. */
export function deviceSigns(
  navigator: Omit<DeviceSigns, 'mobile'> & { readonly userAgentData?: { mobile?: boolean } },
): DeviceSigns {
  const { userAgent, maxTouchPoints, userAgentData } = navigator;
  return { userAgent, maxTouchPoints, mobile: userAgentData?.mobile };
}
