// Writes schema.json beside this file: strict JSON schemas of the kinds that k8s/ uses.
// Fields, types, formats and what is required come from @kubernetes/client-node, which is generated from the Kubernetes OpenAPI
// document; enumerations, which it leaves out, from the validators of kubernetes-models, where they name any.
//   npm install @kubernetes/client-node@2.0.1 kubernetes-models@5.1.0 && node derive.mjs
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const kinds = {
  'v1/ConfigMap': 'V1ConfigMap',
  'v1/Namespace': 'V1Namespace',
  'v1/PersistentVolumeClaim': 'V1PersistentVolumeClaim',
  'v1/Secret': 'V1Secret',
  'v1/Service': 'V1Service',
  'v1/ServiceAccount': 'V1ServiceAccount',
  'apps/v1/Deployment': 'V1Deployment',
  'apps/v1/StatefulSet': 'V1StatefulSet',
  'batch/v1/CronJob': 'V1CronJob',
  'networking.k8s.io/v1/NetworkPolicy': 'V1NetworkPolicy',
  'policy/v1/PodDisruptionBudget': 'V1PodDisruptionBudget',
};

const here = process.cwd();
const models = join(here, 'node_modules/@kubernetes/client-node/dist/gen/models');
const validators = join(here, 'node_modules/kubernetes-models/_schemas');
const groups = ['CoreV1', 'AppsV1', 'BatchV1', 'NetworkingV1', 'PolicyV1'];
const definitions = {};

async function define(name) {
  if (definitions[name]) {
    return;
  }
  definitions[name] = {};
  const model = (await import(pathToFileURL(join(models, `${name}.js`)).href))[name];
  const declared = readFileSync(join(models, `${name}.d.ts`), 'utf8');
  const schema = { type: 'object', properties: {}, additionalProperties: false };
  for (const { baseName, type, format } of model.attributeTypeMap) {
    // status is written by the cluster, never by a manifest.
    if (baseName !== 'status') {
      schema.properties[baseName] = await shape(type, format);
      await addEnum(name, baseName, schema.properties[baseName]);
    }
  }
  const required = [...declared.matchAll(/^ {4}'([^']+)': /gm)].map((match) => match[1]).filter((field) => schema.properties[field]);
  if (required.length > 0) {
    schema.required = required;
  }
  definitions[name] = schema;
}

async function shape(type, format) {
  const list = /^Array<(.*)>$/.exec(type);
  if (list) {
    return { type: 'array', items: await shape(list[1], format) };
  }
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type);
  if (map) {
    return { type: 'object', additionalProperties: await shape(map[1], format) };
  }
  switch (type) {
    case 'string':
      return format ? { type, format } : { type };
    case 'Date':
    case 'V1MicroTime':
      return { type: 'string', format: 'date-time' };
    case 'boolean':
      return { type };
    case 'number':
      return { type: format.startsWith('int') ? 'integer' : 'number', format };
    case 'IntOrString':
      return { type: ['integer', 'string'] };
    case 'any':
    case 'object':
      return {};
    default:
      await define(type);
      return { $ref: `#/$defs/${type}` };
  }
}

async function addEnum(name, field, schema) {
  if (schema.type !== 'string') {
    return;
  }
  const file = groups.map((group) => join(validators, `IoK8sApi${group}${name.slice(2)}.js`)).find(existsSync);
  if (file) {
    const { validate } = await import(pathToFileURL(file).href);
    validate({ [field]: '§' });
    const allowed = validate.errors?.find((error) => error.keyword === 'enum' && error.instancePath === `/${field}`);
    if (allowed) {
      schema.enum = allowed.params.allowedValues;
    }
  }
}

for (const name of Object.values(kinds)) {
  await define(name);
}
const document = {
  $comment: 'Kubernetes 1.36. Written by derive.mjs; see README.md of tests/vectors for sources and licences.',
  kinds: Object.fromEntries(Object.entries(kinds).map(([kind, name]) => [kind, { $ref: `#/$defs/${name}` }])),
  $defs: Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1))),
};
const lines = Object.entries(document.$defs).map(([name, schema]) => `    ${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
writeFileSync(
  join(dirname(process.argv[1]), 'schema.json'),
  `{\n  "$comment": ${JSON.stringify(document.$comment)},\n  "kinds": ${JSON.stringify(document.kinds, null, 4).replace(/\n}$/, '\n  }')},\n  "$defs": {\n${lines.join(',\n')}\n  }\n}\n`,
);
