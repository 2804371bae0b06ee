/** Models that differ only in how they are built share one card. */
import { type Capabilities, incompatibility } from './choose-engine';
import { recommendedLimitBytes } from './context-tokens';
import type { CatalogueModel } from './model';

export interface Card {
  /** What suits the device, as far as the browser tells. */
  readonly best: CatalogueModel;
  readonly others: readonly CatalogueModel[];
}

/** Without what tells a model's builds apart, such as "(q4f16_1, 1k)". */
const titleOf = ({ name }: CatalogueModel) => name.replace(/ \(.*/, '');

/** In the order in which the first of each comes; what a visitor added stands for itself. */
export function cardsOf(
  models: readonly CatalogueModel[],
  device: Capabilities | null,
): readonly Card[] {
  const groups = new Map<string, CatalogueModel[]>();
  for (const model of models) {
    const title = model.family === 'own' ? model.id : titleOf(model);
    groups.set(title, [...(groups.get(title) ?? []), model]);
  }
  return [...groups.values()].map((variants) => {
    const best = bestOf(variants, device);
    return { best, others: variants.filter((model) => model !== best) };
  });
}

/** The most context that the device is likely to bear; where none is, what needs least of what it can run. */
function bestOf(variants: readonly CatalogueModel[], device: Capabilities | null): CatalogueModel {
  const byNeed = variants.toSorted((one, other) => one.memoryBytes - other.memoryBytes);
  const possible = device ? byNeed.filter((model) => !incompatibility(model, device)) : byNeed;
  const limitBytes = device ? recommendedLimitBytes('webllm', device) : 0;
  const [best] = possible
    .filter(({ memoryBytes }) => memoryBytes <= limitBytes)
    .toSorted((one, other) => other.contextTokens - one.contextTokens);
  return best ?? possible[0] ?? byNeed[0]!;
}
