/** The kind of device, as far as the browser reports it. */

export interface DeviceSigns {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
  /** `navigator.userAgentData.mobile`, if the browser has it. */
  readonly mobile?: boolean | undefined;
}

/** An iPhone or iPad, in any browser. iPads report themselves as Macs, but Macs have no touch screen. */
export function isAppleTouch({ userAgent, maxTouchPoints }: DeviceSigns): boolean {
  return (
    /\b(iPhone|iPad|iPod)\b/.test(userAgent) ||
    (/\bMacintosh\b/.test(userAgent) && maxTouchPoints > 1)
  );
}

/** A phone or a tablet, by what the browser reports; a touch screen alone proves nothing. */
export function isMobile(signs: DeviceSigns): boolean {
  return signs.mobile === true || /\bAndroid\b/.test(signs.userAgent) || isAppleTouch(signs);
}

/** Reads the signs from the browser's `navigator`. */
export function deviceSigns(
  navigator: Omit<DeviceSigns, 'mobile'> & { readonly userAgentData?: { mobile?: boolean } },
): DeviceSigns {
  const { userAgent, maxTouchPoints, userAgentData } = navigator;
  return { userAgent, maxTouchPoints, mobile: userAgentData?.mobile };
}
