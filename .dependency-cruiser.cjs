// Which folder may import from which. A layer that is not on the right of a line is out of reach from the left of it.
const LAYERS = {
  'shared/lib': [],
  'shared/model': ['shared/lib'],
  'shared/wire': ['shared/(lib|model)'],
  'shared/ipc': ['shared/(lib|model|wire)'],
  'shared/rpc': ['shared/(lib|ipc)'],
  'shared/formats': ['shared/(lib|model|wire)'],
  'shared/replay': ['shared/(lib|model|formats)'],
  'shared/facts': ['shared/(lib|model|formats|replay)'],
  'shared/analysis': ['shared/(lib|model|formats|replay|facts)'],
  'shared/ai': ['shared/(lib|model|facts|analysis)'],
  'shared/node': ['shared/(?!ai/)[a-z]+'],
  sdk: ['shared/(lib|model|wire)'],
  server: ['shared'],
  'main/engine': ['main/engine/local-server', 'shared'],
  'main/engine/local-server': ['main/engine', 'server', 'shared'],
  'main/shell': ['shared/(lib|model|ipc|rpc)', 'shared/replay/frame-policy'],
  'main/cli': ['main/engine', 'shared'],
  preload: ['shared/(ipc|rpc)'],
  renderer: ['renderer/ui', 'shared/(?!node/)[a-z]+'],
  'renderer/ui': ['shared/lib'],
  'renderer/frame': ['shared/(lib|model|rpc|ipc|replay|formats)'],
};

// Which packages are used where. A package that is not listed may be used anywhere.
const PACKAGES = {
  electron: ['main/shell', 'preload'],
  'better-sqlite3': ['shared/node'],
  openai: ['main/engine/ai'],
  '(rrweb[\\w-]*|@rrweb/[\\w-]+)': ['sdk/web', 'renderer/frame'],
  'monaco-editor': ['renderer/ui'],
  '@tanstack/react-table': ['renderer/ui'],
  '(react|react-dom|radix-ui|lucide-react|zustand)': ['renderer'],
  '(dockview-react|cmdk)': ['renderer/ui'],
  '(fastify|@fastify/[\\w-]+|pino|pg|ioredis|ws)': ['server'],
  'react-native': ['sdk/react-native'],
};

// Where Node's own modules are not to be found.
const WITHOUT_NODE = '^(shared/(?!node/)|sdk/(web|react-native)/|preload/|renderer/)';

const OURS = '^(shared|sdk|server|main|preload|renderer)/';
const inside = (folders) => `^(${folders.join('|')})(/|\\.ts$)`;

/** The folders below a layer that have a line of their own do not belong to it. */
const nested = (layer) => Object.keys(LAYERS).filter((other) => other.startsWith(`${layer}/`));
const itself = (layer) => ({
  path: inside([layer]),
  ...(nested(layer).length > 0 ? { pathNot: inside(nested(layer)) } : {}),
});
const elsewhere = (layer) => {
  const rest = nested(layer).map((name) => name.slice(layer.length + 1));
  return rest.length > 0 ? `${layer}(?!/(?:${rest.join('|')})/)` : layer;
};

const layerRule = ([layer, others]) => ({
  name: `layer ${layer}`,
  severity: 'error',
  from: itself(layer),
  to: { path: OURS, pathNot: inside([elsewhere(layer), ...others]) },
});

const packageRule = ([name, folders]) => ({
  name: `package ${name}`,
  severity: 'error',
  from: { path: OURS, pathNot: inside(folders) },
  to: { path: `(^|node_modules/)${name}(/|$)` },
});

module.exports = {
  forbidden: [
    ...Object.entries(LAYERS).map(layerRule),
    ...Object.entries(PACKAGES).map(packageRule),
    {
      name: 'the sdk takes types only from shared',
      comment: 'What it shares with the server must not add a byte to a page.',
      severity: 'error',
      from: { path: '^sdk/' },
      to: { path: '^shared/(model|wire)/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'no Node here', severity: 'error', from: { path: WITHOUT_NODE }, to: { dependencyTypes: ['core'] } },
    { name: 'nothing imports tests or tools', severity: 'error', from: { path: OURS }, to: { path: '^(test|tools)/' } },
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no unresolved import',
      severity: 'error',
      from: { path: OURS },
      to: { couldNotResolve: true, pathNot: '^(electron|react-native)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|server/dist|sdk/[^/]+/dist)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
