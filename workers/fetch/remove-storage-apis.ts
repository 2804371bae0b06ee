/**
 * Removes everything from this worker's scope that gives access to storage or to other scripts of the app. Chats are
 * stored on the same origin, and a worker cannot have another one. All attributes of the scope are removed
 * (`indexedDB`, `caches`, `navigator` with its `storage`, and whatever browsers may add), since fetching needs none of
 * them.
 */

const isKept = (name: string) => name === 'self' || name.startsWith('on');
const escapingGlobals = /^(BroadcastChannel|SharedWorker|Worker|Notification|webkit.*)$/;

for (
  let holder: object | null = self;
  holder !== null && holder !== Object.prototype;
  holder = Object.getPrototypeOf(holder) as object | null
) {
  for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
    const isAttribute = get !== undefined && !isKept(name);
    if (isAttribute || escapingGlobals.test(name)) Reflect.deleteProperty(holder, name);
  }
}
