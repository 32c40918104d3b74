// Stands in for fpm, the Ruby program that electron-builder calls to make a .deb and downloads from a host that not every
// build machine reaches. Everything it has to do here, dpkg-deb does.
import { makeDebianPackage } from './debian-package.ts';
import { readFpmArguments } from './fpm-arguments.ts';

try {
  const request = readFpmArguments(process.argv.slice(2));
  if (request.target !== 'deb') throw new Error(`only .deb can be packed here, not ${request.target}`);
  makeDebianPackage(request);
} catch (error) {
  console.error(`fpm: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
