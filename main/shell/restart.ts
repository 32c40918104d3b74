import { app } from 'electron';

/**
 * Ends the app at once and starts it again as it was started, without the files and links it was asked to open.
 * @param requested the arguments that named these
 */
export function restart(requested: readonly string[]): void {
  const words = new Set(requested.filter((arg) => !arg.startsWith('-')));
  const image = process.env.APPIMAGE; // its contents are unmounted when the app ends: the file itself has to be started
  app.relaunch({
    args: process.argv.slice(1).filter((arg) => !words.has(arg)),
    ...(image === undefined ? {} : { execPath: image }),
  });
  app.exit();
}
