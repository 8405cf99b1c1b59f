/** Starts the server from the command line. */
import { help, parseOptions } from './options.ts';
import { plainSentence } from './plain-sentence.ts';
import { type Greeting, type RunningServer, startServer } from './start.ts';

// Databases and keys are for the account that the server runs under.
process.umask(0o077);

stopOnSignal(main());

async function main(): Promise<RunningServer | null> {
  try {
    const options = parseOptions(process.argv.slice(2), process.env);
    if (options) return await startServer({ ...options, env: process.env, announce: print });
    process.stdout.write(`${help}\n`);
  } catch (error) {
    const sentence = plainSentence(error);
    if (sentence === null) throw error;
    const hint = error instanceof TypeError ? '\nnpm start -- --help lists the options' : '';
    process.stderr.write(`${sentence}${hint}\n`);
    process.exitCode = 1;
  }
  return null;
}

/** A start goes to its end before it is undone. A second signal ends the process at once. */
function stopOnSignal(starting: Promise<RunningServer | null>): void {
  let isStopping = false;
  const stop = async () => (await starting)?.stop();
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
