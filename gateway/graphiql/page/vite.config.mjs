import { join } from 'node:path';
import { defineConfig } from 'vite';

// `.mjs`, because the compile step owns every `.js` under dist/ and removes those that have no source.
const output = {
  entryFileNames: 'assets/[name]-[hash].mjs',
  chunkFileNames: 'assets/[name]-[hash].mjs',
  assetFileNames: 'assets/[name]-[hash][extname]',
};

/** React packages mark their modules for server components, which mean nothing here. */
function onwarn(warning, warn) {
  if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
}

export default defineConfig({
  root: import.meta.dirname,
  base: '/graphiql/',
  publicDir: false,
  resolve: { dedupe: ['react', 'react-dom', 'graphql', '@graphiql/react', 'monaco-editor'] },
  worker: { format: 'es', rolldownOptions: { output } },
  build: {
    outDir: join(import.meta.dirname, '../../../dist/gateway/graphiql/page'),
    emptyOutDir: true,
    // Every asset is a file of its own: nothing of ours needs `data:` in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 5000,
    rolldownOptions: { input: join(import.meta.dirname, 'page.html'), output, onwarn },
  },
});
