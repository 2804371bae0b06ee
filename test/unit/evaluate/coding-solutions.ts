/** A right answer to each of the coding suite's tasks, by the function's name. */
export const codingSolutions: Readonly<Record<string, string>> = {
  add: 'const add = (a, b) => a + b;',
  isEven: 'const isEven = (n) => n % 2 === 0;',
  largest: 'const largest = (list) => (list.length ? Math.max(...list) : null);',
  reversed: 'const reversed = (text) => [...text].reverse().join("");',
  countVowels: 'const countVowels = (text) => (text.match(/[aeiou]/gi) ?? []).length;',
  isPalindrome: `function isPalindrome(text) {
    const letters = text.toLowerCase().replace(/[^\\p{L}\\p{N}]/gu, '');
    return letters === [...letters].reverse().join('');
  }`,
  factorial: 'function factorial(n) { return n < 2 ? 1 : n * factorial(n - 1); }',
  fibonacci: `function fibonacci(n) {
    let [a, b] = [0, 1];
    for (let i = 0; i < n; i++) [a, b] = [b, a + b];
    return a;
  }`,
  unique: 'const unique = (list) => [...new Set(list)];',
  median: `function median(list) {
    const sorted = [...list].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }`,
  wordCounts: `function wordCounts(text) {
    const counts = {};
    for (const word of text.toLowerCase().split(' ').filter(Boolean)) counts[word] = (counts[word] ?? 0) + 1;
    return counts;
  }`,
  isPrime: `function isPrime(n) {
    if (n < 2) return false;
    for (let i = 2; i * i <= n; i++) if (n % i === 0) return false;
    return true;
  }`,
  gcd: 'function gcd(a, b) { while (b) [a, b] = [b, a % b]; return a; }',
  toRoman: `function toRoman(n) {
    const parts = Object.entries({ M: 1000, CM: 900, D: 500, CD: 400, C: 100, XC: 90, L: 50, XL: 40, X: 10, IX: 9, V: 5, IV: 4, I: 1 });
    return parts.reduce((text, [sign, value]) => {
      const times = Math.floor(n / value);
      n -= times * value;
      return text + sign.repeat(times);
    }, '');
  }`,
  flatten: 'const flatten = (list) => list.flat(Infinity);',
  balanced: `function balanced(text) {
    const open = [];
    for (const sign of text) {
      if ('([{'.includes(sign)) open.push(')]}'['([{'.indexOf(sign)]);
      else if (')]}'.includes(sign) && open.pop() !== sign) return false;
    }
    return open.length === 0;
  }`,
  chunks: `const chunks = (list, size) =>
    Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));`,
  caesar: `const caesar = (text, shift) =>
    text.replace(/[a-z]/gi, (sign) => {
      const base = sign < 'a' ? 65 : 97;
      return String.fromCharCode(((sign.charCodeAt(0) - base + shift) % 26) + base);
    });`,
  twoSum: `function twoSum(list, target) {
    const seen = new Map();
    for (const [i, n] of list.entries()) {
      if (seen.has(target - n)) return [seen.get(target - n), i];
      seen.set(n, i);
    }
  }`,
  runLength:
    'const runLength = (text) => text.replace(/(.)\\1*/gs, (run, sign) => sign + run.length);',
  editDistance: `function editDistance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return row[b.length];
  }`,
};
