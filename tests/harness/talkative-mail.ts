import { createServer, type Socket } from 'node:net';

/** A mail server that refuses everything and quotes what it refuses, as filters do. */
export interface TalkativeMail {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts it; the first sign-in is refused with what was sent, and every mail afterwards with the whole of it. */
export async function startTalkativeMail(): Promise<TalkativeMail> {
  let signIns = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.write('220 ready\r\n');
    let mail: string[] | null = null;
    const answerTo = (line: string): string => {
      if (mail) {
        if (line !== '.') mail.push(line);
        if (line !== '.') return '';
        const refused = mail.join(' ');
        mail = null;
        return `554 5.7.1 We do not take: ${refused}`;
      }
      if (line.startsWith('EHLO')) return '250-here\r\n250 AUTH PLAIN';
      if (line.startsWith('AUTH') && (signIns += 1) === 1) return `535 5.7.8 Not known: ${line}`;
      if (line.startsWith('AUTH')) return '235 known';
      if (line !== 'DATA') return '250 ok';
      mail = [];
      return '354 go on';
    };
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('utf8').split('\r\n').slice(0, -1)) {
        const answer = answerTo(line);
        if (answer) socket.write(`${answer}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
