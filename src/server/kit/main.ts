/** Makes the kit for machines that were never online from the command line. */
import { plainSentence } from '../plain-sentence.ts';
import { help, parseKitOptions } from './options.ts';
import { readVendor } from './vendor.ts';
import { writeKit } from './write-kit.ts';

try {
  const options = parseKitOptions(process.argv.slice(2), process.env);
  if (options) {
    const profile = await readVendor(options, process.env);
    const { origin, singleFileName } = writeKit(options, profile, Date.now());
    process.stdout.write(
      `\nThe kit is in ${options.out}. Print START HERE.html there.\n\n` +
        `  on each machine  ${origin}\n` +
        `  as one file      ${singleFileName}\n` +
        `  portal           ${profile.portals.join(', ')}\n\n`,
    );
  } else process.stdout.write(`${help}\n`);
} catch (error) {
  const sentence = plainSentence(error);
  if (sentence === null) throw error;
  process.stderr.write(`${sentence}\nnpm run kit -- --help lists the options\n`);
  process.exitCode = 1;
}
