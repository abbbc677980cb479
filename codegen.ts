import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: 'schema/api.graphql',
  documents: 'schema/operations/*.graphql',
  generates: {
    'schema/client/': {
      preset: 'client',
      presetConfig: {
        fragmentMasking: false,
        persistedDocuments: { hashAlgorithm: 'sha256', hashPropertyName: 'documentId' },
      },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        emitLegacyCommonJSImports: false,
        scalars: {
          DateTime: 'string',
          LocalDate: 'string',
          LocalTime: 'string',
          Decimal: 'string',
          CurrencyCode: 'string',
          EmailAddress: 'string',
          URL: 'string',
        },
      },
    },
  },
};

export default config;
