/** Between a frame and the window in which its visitor answers, where the frame cannot tell what covers it. */

/** The one message from the window to the frame that opened it; a port comes with it. */
export interface PermissionHello {
  readonly type: 'corral-permission';
}

/** From the frame: who asks. */
export interface PermissionQuestion {
  readonly origin: string;
}

/** From the window. */
export interface PermissionAnswer {
  readonly allows: boolean;
}
