// The bench's prompts: about 250 tokens each; consecutive ones share only the system text in the KV cache.

const openings = ['Anna', 'Bruno', 'Carla', 'Dario', 'Elena', 'Fabio'];

/** @param {number} index */
export function benchQuestion(index) {
  const name = openings[index % openings.length];
  const story = `${name} keeps a llama on a small farm near the sea. Every morning the llama walks up the hill, looks at the boats, and waits for the children who bring apples. One day a storm came, the fence broke, and the llama was gone. `;
  return `${story.repeat(4)}Write a long story about what happened next, with many details.`;
}

/** The prompt that the app makes of it: SmolLM2's format with the app's system text. */
export function benchPrompt(/** @type {number} */ index) {
  return (
    '<|im_start|>system\nYou are a helpful AI assistant.<|im_end|>\n' +
    `<|im_start|>user\n${benchQuestion(index)}<|im_end|>\n<|im_start|>assistant\n`
  );
}
