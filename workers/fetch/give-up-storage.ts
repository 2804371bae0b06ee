/**
 * Takes out of this worker's scope whatever leads to what is stored, or to other scripts of the app: chats are on
 * the same origin, and a worker cannot be given another. The attributes of the scope go as a whole (`indexedDB`,
 * `caches`, `navigator` with its `storage`, and what browsers may add), since fetching needs none of them.
 */

const isKept = (name: string) => name === 'self' || name.startsWith('on');
const leadsOut = /^(BroadcastChannel|SharedWorker|Worker|Notification|webkit.*)$/;

for (
  let holder: object | null = self;
  holder !== null && holder !== Object.prototype;
  holder = Object.getPrototypeOf(holder) as object | null
) {
  for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
    const isAttribute = get !== undefined && !isKept(name);
    if (isAttribute || leadsOut.test(name)) Reflect.deleteProperty(holder, name);
  }
}
