// Trying a new key out: something is sealed with its public half and opened with its private one.

import { readBackup, writeBackup } from "../ballot/backup.js";
import { GENERATOR, powerOfGenerator, randomScalar } from "../ballot/group.js";

/** Whether the key opens what was sealed with it, and its sheet gives the same key back. */
export function works(key, randomness) {
  const exponent = randomScalar(randomness);
  const message = BigInt(randomness(1)[0]);
  const alpha = GENERATOR.power(exponent);
  const beta = key.public.power(exponent).multiply(powerOfGenerator(message));
  const opened = beta.divide(alpha.power(key.secret));
  const again = readBackup(writeBackup(key));
  return opened.equals(powerOfGenerator(message)) && again.public.equals(key.public);
}
