/** The safety modes, and the system text of each. */

export const safetyModes = ['careful', 'balanced', 'direct'] as const;
export type SafetyMode = (typeof safetyModes)[number];

/**
 * Llama 2's original default, word for word, with its two spaces after "safe.": `DEFAULT_SYSTEM_PROMPT` in
 * `llama/generation.py` of Meta's github.com/facebookresearch/llama, 2023-07-18. Three weeks later Meta
 * recommended to leave it out by default because of false refusals (pull request 626).
 */
const llama2SafetyPrompt = `\
You are a helpful, respectful and honest assistant. Always answer as helpfully as possible, while being safe.  \
Your answers should not include any harmful, unethical, racist, sexist, toxic, dangerous, or illegal content. \
Please ensure that your responses are socially unbiased and positive in nature.

If a question does not make any sense, or is not factually coherent, explain why instead of answering something \
not correct. If you don't know the answer to a question, please don't share false information.`;

/** The beginning of the system text; `balanced` is the model's own short prompt. */
export function safetyPrompt(mode: SafetyMode, balanced: string): string {
  return { careful: llama2SafetyPrompt, balanced, direct: '' }[mode];
}
