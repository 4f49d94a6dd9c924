import { createInterface } from 'node:readline';

/** Asks the user at the terminal, by way of the error output; rejects after a Ctrl-C, which interrupts the program as ever. */
export async function askAtTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<string>((resolve, reject) => {
      terminal.on('close', () => {
        reject(new Error('nothing was typed'));
      });
      terminal.on('SIGINT', () => {
        process.once('SIGINT', () => {
          reject(new Error('interrupted'));
        });
        process.kill(process.pid, 'SIGINT');
      });
      terminal.question(question, resolve);
    });
  } finally {
    terminal.close();
  }
}
