/**
 * The wire format between a frame and the window in which its visitor gives permission; the frame itself could
 * be covered by its site.
 */

export interface SiteQuestion {
  /** `use`: may the site use the model; `more`: may it continue after its budget is spent. */
  readonly kind: 'use' | 'more';
  /** True if a yes holds beyond the tab. */
  readonly isPersistent: boolean;
}

/** The one message from the window to the frame that opened it; a port comes with it. */
export interface PermissionHandshake {
  readonly type: 'corral-permission';
}

/** From the frame: the site that asks, and its question. */
export interface PermissionQuestion extends SiteQuestion {
  readonly origin: string;
}

/** From the window. */
export interface PermissionAnswer {
  readonly allows: boolean;
}
