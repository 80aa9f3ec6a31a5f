import { defineConfig } from 'drizzle-kit';

// `npx drizzle-kit generate` writes the next migration from the schema.
export default defineConfig({
  dialect: 'postgresql',
  schema: './adapters/store/schema/index.ts',
  out: './migrations',
  casing: 'snake_case',
});
