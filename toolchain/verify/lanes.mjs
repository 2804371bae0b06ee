// Who may get a library that was compiled with `--subgroups`.

/**
 * @typedef {object} Lanes Of an adapter; the sizes are 0 without subgroups.
 * @property {number} subgroupMinSize
 * @property {number} subgroupMaxSize
 */

/**
 * The compiler's sums across threads count on 32 lanes. With any other number of lanes the results are wrong without
 * an error, so a page that offers such a library must ask this first.
 * @param {{ features: ReadonlySet<string>, info: Partial<Lanes> }} adapter A GPUAdapter, or what is known of one.
 */
export function has32Lanes({ features, info }) {
  const { subgroupMinSize, subgroupMaxSize } = info;
  return features.has('subgroups') && subgroupMinSize === 32 && subgroupMaxSize === 32;
}
