import { text } from 'node:stream/consumers';

/** The password on standard input, so that it stands in no list of processes and no history. */
export async function readPassword(): Promise<string> {
  // The line break is the terminal's or echo's, not the password's.
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (password === '') throw new Error('--password-stdin: there is no password on standard input.');
  return password;
}
