const OLDEST_NODE = 24;

// Checked before anything else is loaded: the embedded database's module does not exist in older versions.
if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  process.stderr.write(
    `TwinEngine needs Node ${OLDEST_NODE} or newer; this is ${process.version}. Run "npm ci" (it brings Node along on Linux) or install it.\n`,
  );
  process.exit(1);
}

const { main } = await import('./main.js');
await main(process.argv.slice(2));

export {};
