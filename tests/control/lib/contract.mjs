// Holds requests and answers to an OpenAPI 3.1 file: what is sent must fit the operation (or must not, when a refusal is
// wanted), what comes back must be described: its status, headers, type and every member.
import assert from 'node:assert/strict';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const kMethods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const pointer = (...parts) => parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');

export class Contract {
  constructor(document, url) {
    this.document = document;
    this.url = url;
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(this.ajv);
    this.ajv.addFormat('binary', true);
    this.ajv.addSchema(document, 'contract');
    this.compiled = new Map();
    this.operations = new Map();
    this.seen = new Map(); // operationId → Set of statuses
    for (const [path, item] of Object.entries(document.paths)) {
      for (const method of kMethods) {
        const operation = item[method];
        if (!operation) continue;
        const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((p) => this.resolve(p));
        this.operations.set(operation.operationId, { path, method, operation, parameters });
      }
    }
  }

  resolve(value) {
    if (!value?.$ref) return value;
    return value.$ref.slice(2).split('/').reduce((at, key) => at[key.replaceAll('~1', '/').replaceAll('~0', '~')], this.document);
  }

  /** Every schema compiles, and every example fits the schema that it stands in. */
  checkSchemas() {
    for (const [name, schema] of Object.entries(this.document.components.schemas)) {
      const validate = this.validator(`components/schemas/${name}`);
      for (const example of schema.examples ?? []) {
        assert.ok(validate(example), `the example of ${name}: ${this.ajv.errorsText(validate.errors)}`);
      }
    }
  }

  validator(at) {
    if (!this.compiled.has(at)) this.compiled.set(at, this.ajv.compile({ $ref: `contract#/${encodeURI(at)}` }));
    return this.compiled.get(at);
  }

  operation(id) {
    const found = this.operations.get(id);
    assert.ok(found, `the contract has no operation ${id}`);
    return found;
  }

  fits(id, body) {
    const { path, method, operation } = this.operation(id);
    if (!operation.requestBody) return body === undefined;
    if (body === undefined) return !operation.requestBody.required;
    const validate = this.validator(`paths/${pointer(path, method)}/requestBody/content/${pointer('application/json')}/schema`);
    return validate(body);
  }

  target(id, params, query) {
    const { path } = this.operation(id);
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => {
      assert.ok(params[name] !== undefined, `${id} needs the parameter ${name}`);
      return encodeURIComponent(params[name]);
    });
    const search = new URLSearchParams(query).toString();
    return `${this.url}${filled}${search && `?${search}`}`;
  }

  checkParameters(id, params, query, headers) {
    const { parameters } = this.operation(id);
    const given = { path: params, query, header: headers };
    for (const { name, in: place, required, schema } of parameters) {
      const key = place === 'header' ? name.toLowerCase() : name;
      const value = given[place]?.[key];
      if (value === undefined) {
        assert.ok(!required, `${id} needs ${name} in the ${place}`);
        continue;
      }
      const type = this.resolve(schema).type;
      const typed = type === 'integer' ? Number(value) : type === 'boolean' ? value === true || value === 'true' : value;
      const validate = this.ajv.compile({ ...schema, ...(schema.$ref ? { $ref: `contract${schema.$ref}` } : {}) });
      assert.ok(validate(typed), `${id}: ${name} = ${value}: ${this.ajv.errorsText(validate.errors)}`);
    }
    for (const name of Object.keys(query ?? {})) {
      assert.ok(parameters.some((p) => p.in === 'query' && p.name === name), `${id} does not describe ?${name}`);
    }
  }

  /**
   * Sends a request and holds the answer to the contract. `status`: the one expected (default: any success).
   * `invalid`: the body or the parameters do not fit, on purpose.
   */
  async call(id, { params = {}, query = {}, body, raw, token, headers = {}, status, invalid = false } = {}) {
    const { method } = this.operation(id);
    if (!invalid) this.checkParameters(id, params, query, headers);
    if (raw === undefined) {
      const fits = this.fits(id, body);
      if (!invalid) assert.ok(fits, `the request of ${id} does not fit: ${JSON.stringify(body)}`);
    }
    const response = await fetch(this.target(id, params, query), {
      method: method.toUpperCase(),
      redirect: 'manual',
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
    });
    const answer = await this.check(id, response);
    const what = `${id} answered ${response.status}: ${answer.text.slice(0, 500)}`;
    if (status === undefined) assert.ok(response.status < 400, what);
    else assert.equal(response.status, status, what);
    return { ...answer, status: response.status, headers: response.headers };
  }

  async check(id, response) {
    const { path, method, operation } = this.operation(id);
    const known = String(response.status) in operation.responses;
    // `default` is for what any request may meet, not for what this one does.
    const key = known ? String(response.status) : 'default';
    assert.ok(known || response.status >= 400, `${id} does not describe ${response.status}`);
    const described = this.resolve(operation.responses[key]);
    if (!this.seen.has(id)) this.seen.set(id, new Set());
    this.seen.get(id).add(response.status);
    for (const [name, header] of Object.entries(described.headers ?? {})) {
      if (header.required) assert.ok(response.headers.has(name), `${id} lacks the header ${name}`);
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString('utf8');
    const types = Object.keys(described.content ?? {});
    if (types.length === 0 || method === 'head') {
      assert.equal(bytes.length, 0, `${id} answers a body to ${response.status}: ${text.slice(0, 200)}`);
      return { text, bytes };
    }
    const type = (response.headers.get('content-type') ?? '').split(';')[0];
    const match = types.find((t) => t === type || t === '*/*' || (t.endsWith('/*') && type.startsWith(t.slice(0, -1))));
    assert.ok(match, `${id}: ${response.status} is ${type}, described as ${types}`);
    if (!type.endsWith('json')) return { text, bytes };
    const body = JSON.parse(text);
    const place = operation.responses[key].$ref
      ? operation.responses[key].$ref.slice(2)
      : `paths/${pointer(path, method)}/responses/${key}`;
    const validate = this.validator(`${place}/content/${pointer(match)}/schema`);
    assert.ok(validate(body), `${id}, ${response.status}: ${this.ajv.errorsText(validate.errors)} in ${text.slice(0, 800)}`);
    const extra = this.undescribed(described.content[match].schema, body);
    assert.deepEqual(extra, [], `${id} answers members that the contract does not describe`);
    return { text, bytes, body };
  }

  /** Paths of members that the schema does not name. */
  undescribed(schema, value, at = '') {
    const plain = this.resolve(schema);
    if (value === null || typeof value !== 'object') return [];
    if (plain.oneOf) {
      const found = plain.oneOf.map((one) => this.undescribed(one, value, at));
      return found.sort((a, b) => a.length - b.length)[0];
    }
    if (Array.isArray(value)) {
      return plain.items ? value.flatMap((item, i) => this.undescribed(plain.items, item, `${at}[${i}]`)) : [];
    }
    if (!plain.properties) return [];
    return Object.entries(value).flatMap(([name, member]) => {
      const known = plain.properties[name];
      if (!known) return plain.additionalProperties ? [] : [`${at}.${name}`];
      return this.undescribed(known, member, `${at}.${name}`);
    });
  }
}
