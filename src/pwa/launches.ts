/** Reports what the app is opened for: by its address, or by the system while it is open. */

/** The parts of the launch queue that are used; not in TypeScript's library. */
interface LaunchParams {
  readonly targetURL?: string;
  readonly files: readonly { getFile?(): Promise<File> }[];
}
interface LaunchQueue {
  setConsumer(consumer: (params: LaunchParams) => void): void;
}

export interface LaunchEvents {
  readonly onAddress: (url: string) => void;
  readonly onFiles: (files: readonly File[]) => void;
}

export function watchLaunches({ onAddress, onFiles }: LaunchEvents): void {
  const opened = location.href;
  onAddress(opened);
  // A link to the open page changes only its fragment.
  addEventListener('hashchange', () => onAddress(location.href));
  let isFirst = true;
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ targetURL, files }) => {
    const handles = files.map((handle) => handle.getFile?.()).filter((file) => file !== undefined);
    if (handles.length > 0) void Promise.all(handles).then(onFiles, () => {});
    // The queue reports the launch that opened the page too.
    const isSame = isFirst && targetURL === opened;
    isFirst = false;
    if (targetURL !== undefined && !isSame) onAddress(targetURL);
  });
}

/** Removes the launch from the address, so that a reload does not repeat it. */
export function clearAddress(): void {
  history.replaceState(null, '', location.pathname);
}
