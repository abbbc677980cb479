const OLDEST_NODE = 24;

/** Ends the process with one line on an older Node; called before anything else is loaded, because older ones lack modules that are imported. */
export function requireNode(): void {
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) return;
  process.stderr.write(
    `TwinEngine needs Node ${OLDEST_NODE} or newer; this is ${process.version}. Run "npm ci" (it brings Node along on Linux) or install it.\n`,
  );
  process.exit(1);
}
