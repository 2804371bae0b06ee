/** Between a frame and the window in which its visitor answers, where the frame cannot tell what covers it. */

export interface SiteQuestion {
  /** May the site use the model; may it go on, after it has used so much. */
  readonly wants: 'use' | 'more';
  /** A yes holds beyond the tab. */
  readonly lasts: boolean;
}

/** The one message from the window to the frame that opened it; a port comes with it. */
export interface PermissionHandshake {
  readonly type: 'corral-permission';
}

/** From the frame: who asks, and what. */
export interface PermissionQuestion extends SiteQuestion {
  readonly origin: string;
}

/** From the window. */
export interface PermissionAnswer {
  readonly allows: boolean;
}
