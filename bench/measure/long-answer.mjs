// A long answer like a large model's: headings, prose, lists, code, tables; always the same.

const subjects = ['kettle', 'garden', 'parser', 'harbour', 'ledger', 'orchard', 'signal', 'bridge'];

/** @param {number} round */
function section(round) {
  const subject = subjects[round % subjects.length];
  return [
    `## Part ${round + 1}: the ${subject}`,
    `The **${subject}** is *often* described as the place where things begin, and \`${subject}_${round}\` is its name in code. It has ${round + 3} parts, of which two matter: what goes in and what comes out. See [the notes](https://example.org/${subject}/${round}) for more, or compute 2 * ${round} yourself.`,
    [
      `1. Look at the ${subject} and write down what you see.`,
      `2. Compare it with the one from part ${round}:`,
      '   - its **size**, in metres',
      '   - its *age*, in years',
      '   - what it costs, such as $5 or $6',
      '3. Decide, and go on.',
    ].join('\n'),
    [
      '```python',
      `def ${subject}_${round}(values: list[int]) -> dict[str, float]:`,
      `    """Sum up what is known about the ${subject}."""`,
      `    total = sum(value * ${round + 1} for value in values if value > 0)`,
      '    # An empty list has no mean.',
      '    mean = total / len(values) if values else 0.0',
      `    return {"total": total, "mean": mean, "name": "${subject}"}`,
      '```',
    ].join('\n'),
    [
      '| Quantity | Value | Remark |',
      '| :-- | --: | --- |',
      `| Length | ${round * 3}.5 | measured **twice** |`,
      `| Width | ${round + 2} | see \`${subject}\` |`,
      `| Price | $${round + 4} | without tax |`,
    ].join('\n'),
    `> In short: the ${subject} of part ${round + 1} is like the others, only later.`,
    `- [x] read about the ${subject}\n- [ ] try it`,
  ].join('\n\n');
}

/**
 * @param {number} count
 * @returns {string[]} This many pieces of about a token's length.
 */
export function longAnswer(count) {
  /** @type {string[]} */
  const pieces = [];
  for (let round = 0; pieces.length < count; round++) {
    pieces.push(
      ...(`${section(round)}\n\n`.match(/\s?[A-Za-z]{1,6}|\s?\d{1,3}|\n+ *|[^A-Za-z\d\n]{1,3}/g) ??
        []),
    );
  }
  return pieces.slice(0, count);
}
