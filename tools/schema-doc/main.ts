import { schemaDoc } from './schema-doc.ts';

process.stdout.write(schemaDoc());
