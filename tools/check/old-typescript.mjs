// Loaded before dependency-cruiser, which reads our sources through TypeScript's JavaScript interface. TypeScript 7 has none,
// so it is given version 6, installed beside 7 under another name. Compiling and type checking stay with 7.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    const asked =
      /^typescript(?=$|\/)/.test(specifier) && context.parentURL?.includes('/node_modules/dependency-cruiser/');
    return next(asked ? specifier.replace('typescript', 'typescript-6') : specifier, context);
  },
});
