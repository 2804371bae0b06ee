/** LaTeX to MathML with Temml, which is loaded with the first formula. */

/** In units of the font: `\rule` and its like could otherwise be as large as a text wants. */
const largestEm = 20;
/** How often macros may be expanded: enough for a formula, too few for a bomb. */
const expansions = 300;

/** null for a formula with an error in it. */
export async function setFormula(tex: string, display: boolean): Promise<string | null> {
  const { default: temml } = await import('temml');
  try {
    const mathml = temml.renderToString(tex, {
      displayMode: display,
      throwOnError: true,
      strict: false,
      trust: false,
      xml: true,
      maxExpand: expansions,
      maxSize: [largestEm, largestEm * 16],
    });
    // The page's policy allows no inline style; merely parsing one is reported as an attempt.
    return mathml.replace(/ style="[^"]*"/g, '');
  } catch {
    return null;
  }
}
