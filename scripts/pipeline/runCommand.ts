/** Runs a command of `package.json`: what goes wrong is one message, and the exit status says so. */
export function runCommand(main: () => Promise<void>): void {
  main().catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
