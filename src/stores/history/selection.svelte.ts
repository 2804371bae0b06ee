/** The mode in which chats of the list are selected, to do something with all of them. */
import {
  allToggled,
  noneSelected,
  present,
  rangeToggled,
  type Selected,
  toggled,
} from '../../core/history/selection';
import type { History } from './history.svelte';

export class Selection {
  isOn = $state(false);
  /** True while something is done with the selected chats. */
  isWorking = $state(false);
  ids = $derived.by(() => present(this.#selected, this.#history.listed).ids);

  readonly #history: History;
  #selected = $state.raw<Selected>(noneSelected);

  constructor(history: History) {
    this.#history = history;
  }

  /** Starts the mode, with this chat selected if one is given. */
  begin(id?: string): void {
    this.isOn = true;
    this.#selected = id === undefined ? noneSelected : toggled(noneSelected, id);
  }

  end(): void {
    this.isOn = false;
    this.#selected = noneSelected;
  }

  /** With `isRange`, changes all chats between the one that was changed last and this one. */
  toggle(id: string, isRange: boolean): void {
    this.#selected = isRange
      ? rangeToggled(this.#selected, id, this.#history.shownIds)
      : toggled(this.#selected, id);
  }

  /** Selects all that are shown, or none of them. */
  toggleShown(): void {
    this.#selected = allToggled(this.#selected, this.#history.shownIds);
  }

  /** Does something with the selected chats. */
  async run(work: (ids: readonly string[]) => Promise<void>): Promise<void> {
    if (this.isWorking || this.ids.size === 0) return;
    this.isWorking = true;
    try {
      await work([...this.ids]);
    } finally {
      this.isWorking = false;
    }
  }
}
