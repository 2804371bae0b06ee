/** GPT-2's character for each byte: https://github.com/openai/gpt-2/blob/master/src/encoder.py */
export function byteChars() {
  const isSeen = (/** @type {number} */ code) =>
    (code >= 33 && code <= 126) || (code >= 161 && code <= 172) || code >= 174;
  let hidden = 0;
  return Array.from({ length: 256 }, (_, code) =>
    String.fromCodePoint(isSeen(code) ? code : 256 + hidden++),
  );
}
