import type { Errors } from '../capture/errors.ts';
import type { Requests } from '../capture/requests.ts';
import type { Guard } from '../guard.ts';
import type { FastifyPlugin } from '../shapes.ts';

/** By this Fastify knows that a plugin's hooks are for everybody, and not for the plugin's own routes alone. */
const SKIP_OVERRIDE = Symbol.for('skip-override');

/** See `Backend.fastify`. */
export function fastifyPlugin(requests: Requests, errors: Errors, guard: Guard): FastifyPlugin {
  const plugin: FastifyPlugin = (app, _options, done) => {
    app.addHook('onRequest', (request, reply, next) =>
      requests.follow(request.raw, reply.raw, () => request.routeOptions?.url, next),
    );
    app.addHook('onError', (_request, _reply, error, next) => {
      if (guard.active) guard.run(() => errors.record('request', error));
      next();
    });
    done();
  };
  return Object.assign(plugin, { [SKIP_OVERRIDE]: true });
}
