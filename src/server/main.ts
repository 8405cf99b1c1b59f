/** Starts the server from the command line. */
import { LatchkeyError } from '../errors.ts';
import { help, parseOptions } from './options.ts';
import { type Greeting, type RunningServer, startServer } from './start.ts';

// Databases and keys are for the account that the server runs under.
process.umask(0o077);

const server = await main();
if (server) stopOnSignal(server);

async function main(): Promise<RunningServer | null> {
  try {
    const options = parseOptions(process.argv.slice(2), process.env);
    if (options) return await startServer({ ...options, env: process.env, announce: print });
    process.stdout.write(`${help}\n`);
  } catch (error) {
    if (!(error instanceof LatchkeyError) && !(error instanceof TypeError)) throw error;
    const because = error.cause instanceof Error ? ` (${error.cause.message})` : '';
    const hint = error instanceof TypeError ? '\nnpm start -- --help lists the options' : '';
    process.stderr.write(`latchkey: ${error.message}${because}${hint}\n`);
    process.exitCode = 1;
  }
  return null;
}

/** A second signal ends the process at once. */
function stopOnSignal({ stop }: RunningServer): void {
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

function print({ address, origins, demoLicenses, hasDemo, owner }: Greeting): void {
  const lines = [
    `Latchkey is at ${address}`,
    '',
    `  device app  ${origins.app}`,
    `  portal      ${origins.portal}`,
    `  console     ${origins.console}`,
    ...(hasDemo ? [`  sample app  ${origins.sample}`] : []),
    ...(demoLicenses.length > 0
      ? ['', 'License keys to try, all of the demo product Press Studio:', '']
      : []),
    ...demoLicenses.map(({ key, about }) => `  ${key}  ${about}`),
    ...(owner
      ? [
          '',
          'Sign in to the console once with this password, which is shown only now, and choose another:',
          '',
          `  ${owner.email}  ${owner.oneTimePassword}`,
        ]
      : []),
  ];
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}
