/** Groups models that differ only in their build into one card. */
import { type Capabilities, incompatibility } from './choose-engine';
import { recommendedLimitBytes } from './context-tokens';
import type { CatalogueModel } from './model';

export interface Card {
  /** The build that suits the device, as far as the browser reports. */
  readonly best: CatalogueModel;
  readonly others: readonly CatalogueModel[];
}

/** The name without the build, such as "(q4f16_1, 1k)". */
const titleOf = ({ name }: CatalogueModel) => name.replace(/ \(.*/, '');

/** In the order of each card's first model; a custom model has its own card. */
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

/** The build with the most context that fits the device; if none fits, the smallest that can run. */
function bestOf(variants: readonly CatalogueModel[], device: Capabilities | null): CatalogueModel {
  const byNeed = variants.toSorted((one, other) => one.memoryBytes - other.memoryBytes);
  const possible = device ? byNeed.filter((model) => !incompatibility(model, device)) : byNeed;
  const limitBytes = device ? recommendedLimitBytes('webllm', device) : 0;
  const [best] = possible
    .filter(({ memoryBytes }) => memoryBytes <= limitBytes)
    .toSorted((one, other) => other.contextTokens - one.contextTokens);
  return best ?? possible[0] ?? byNeed[0]!;
}
