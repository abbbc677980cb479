// Words among the thousand most frequent of ten million leaked passwords (SecLists, xato-net-10-million-passwords-1000) and
// the 2024 list there of the most used; then what people here think of first.
const words = (
  'access apple asshole baseball basketball batman butterfly changeme charlie cheese chocolate computer cookie daniel ' +
  'dragon facebook family football forever freedom friends fuckyou google hello hunter iloveyou internet jennifer ' +
  'jessica jordan killer letmein liverpool loveyou master matrix michael minecraft monkey mustang pakistan pass password ' +
  'passw0rd pokemon princess samsung secret security shadow soccer spring starwars summer sunshine superman test ' +
  'testing thomas tigger trustno1 welcome whatever winter ' +
  'admin administrator default demo guest india kitchen login manager owner restaurant root temp twinengine user waiter'
).split(' ');

// What a finger follows: the rows of keyboards, two of their columns, the alphabet and the digits.
const rows = [
  '01234567890',
  '!@#$%^&*()_+',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop[]',
  'qwertyuiopasdfghjklzxcvbnm',
  'asdfghjkl;',
  'zxcvbnm,./',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1q2w3e4r5t6y7u8i9o0p',
  'qazwsxedcrfvtgbyhnujm',
];
const paths = [...rows, ...rows.map((row) => [...row].toReversed().join(''))];

/** How a letter is disguised. */
const disguises: Readonly<Record<string, string>> = {
  a: 'a4@',
  b: 'b8',
  e: 'e3',
  g: 'g9',
  i: 'i1!|',
  l: 'l1|',
  o: 'o0',
  s: 's5$',
  t: 't7+',
  z: 'z2',
};
const SHORTEST_RUN = 3;
const LONGEST_BLOCK = 6;
/** Digits and punctuation around a common word that leave it one: a date, a year and some marks. */
const TRIMMINGS = 8;

/**
 * Whether a password is one of those that are tried first (NIST SP 800-63B-4, 3.1.1.2): a block of up to six characters
 * over and over, or nothing but well-known words, disguised or not, and runs of the keyboard, the alphabet or the digits,
 * with a few digits and marks around. Lists of leaked passwords hold few of twelve characters that are not made so.
 */
export function isCommonPassword(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase();
  return isRepeatedBlock(text) || isMadeOfCommonParts(text);
}

function isRepeatedBlock(text: string): boolean {
  const blocks = Array.from({ length: LONGEST_BLOCK }, (_, index) => text.slice(0, index + 1));
  return blocks.some((block) => text.length >= 2 * block.length && isRepetitionOf(block, text));
}

function isRepetitionOf(block: string, text: string): boolean {
  return block.repeat(Math.ceil(text.length / block.length)).startsWith(text);
}

// For each place in the text the fewest trimmings with which common parts lead there.
function isMadeOfCommonParts(text: string): boolean {
  const fewest = new Map([[0, 0]]);
  for (let at = 0; at < text.length; at += 1) {
    const trimmings = fewest.get(at);
    if (trimmings === undefined) continue;
    const reach = (length: number, more: number) =>
      fewest.set(at + length, Math.min(fewest.get(at + length) ?? Infinity, trimmings + more));
    for (const length of partsAt(text, at)) reach(length, 0);
    if (/^[^\p{L}]/u.test(text.slice(at, at + 2))) reach(1, 1);
  }
  return (fewest.get(text.length) ?? Infinity) <= Math.min(TRIMMINGS, text.length - 1);
}

function partsAt(text: string, at: number): number[] {
  const longest = Math.max(...paths.map((path) => runLength(path, text, at)), sameLength(text, at));
  const runs = Array.from({ length: Math.max(0, longest - SHORTEST_RUN + 1) }, (_, index) => SHORTEST_RUN + index);
  return [...runs, ...words.filter((word) => isWordAt(word, text, at)).map((word) => word.length)];
}

function runLength(path: string, text: string, at: number): number {
  const start = path.indexOf(text.slice(at, at + SHORTEST_RUN));
  if (start < 0 || at + SHORTEST_RUN > text.length) return 0;
  let length = SHORTEST_RUN;
  while (start + length < path.length && path[start + length] === text[at + length]) length += 1;
  return length;
}

function sameLength(text: string, at: number): number {
  let length = 1;
  while (at + length < text.length && text[at + length] === text[at]) length += 1;
  return length;
}

function isWordAt(word: string, text: string, at: number): boolean {
  if (at + word.length > text.length) return false;
  return [...word].every((letter, index) => (disguises[letter] ?? letter).includes(text.charAt(at + index)));
}
