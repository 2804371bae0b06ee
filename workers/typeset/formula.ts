/** Converts LaTeX to MathML with Temml, which loads with the first formula. */

/** In em. Without it, commands such as `\rule` could have any size. */
const maxEm = 20;
/** The limit of macro expansions: enough for a formula, too few for a macro bomb. */
const expansions = 300;

/** Null for a formula with an error. */
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
      maxSize: [maxEm, maxEm * 16],
    });
    // The page's policy forbids inline styles; even parsing one is reported as a violation.
    return mathml.replace(/ style="[^"]*"/g, '');
  } catch {
    return null;
  }
}
