import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository's folder; every command runs there. */
export const root = fileURLToPath(new URL('..', import.meta.url));

export interface RunResult {
  code: number;
  /** stdout and stderr in the order in which they came. */
  output: string;
  seconds: number;
}

export interface RunOptions {
  /** Passes the output on while it comes instead of only keeping it. */
  live?: boolean;
  env?: Record<string, string | undefined>;
}

/** Runs a command of node_modules/.bin or of the machine and waits for its end; it never rejects. */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<RunResult> {
  const started = performance.now();
  return new Promise(resolve => {
    let output = '';
    const end = (code: number) => resolve({ code, output, seconds: (performance.now() - started) / 1000 });
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: `${root}node_modules/.bin:${process.env.PATH}`, ...options.env },
    });
    const take = (to: NodeJS.WriteStream) => (chunk: Buffer) => {
      output += chunk;
      if (options.live) to.write(chunk);
    };
    child.stdout.on('data', take(process.stdout));
    child.stderr.on('data', take(process.stderr));
    child.on('error', error => {
      output += `${error}\n`;
      end(127);
    });
    child.on('close', code => end(code ?? 1));
  });
}
