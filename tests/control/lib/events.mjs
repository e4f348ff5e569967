// Unmodified socket.io-clients whose every frame is held against api/asyncapi.yaml.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { io } from 'socket.io-client';
import { parse } from 'yaml';

import { waitFor } from './server.mjs';

export const contract = parse(readFileSync(new URL('../../../api/asyncapi.yaml', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(contract, 'contract');

const validators = new Map();
function validatorOf(message) {
  if (!validators.has(message)) {
    const known = contract.components.messages[message] !== undefined;
    const pointer = `contract#/components/messages/${encodeURIComponent(message)}/payload`;
    validators.set(message, known ? ajv.compile({ $ref: pointer }) : undefined);
  }
  return validators.get(message);
}

/** What is wrong with the payload of a message of the contract; undefined: nothing. */
export function faultOf(message, payload) {
  const validate = validatorOf(message);
  if (!validate) return `${message} is not in the contract`;
  return validate(payload) ? undefined : `${message}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(payload)}`;
}

/** Names of the events that the contract lets clients send. */
export const clientEvents = Object.entries(contract.operations)
  .filter(([, operation]) => operation.action === 'receive')
  .map(([name]) => name)
  .sort();

/** Names of the events that the contract lets the server send. */
export const serverEvents = Object.keys(contract.components.messages)
  .filter((name) => name.startsWith('server.'))
  .map((name) => name.slice('server.'.length))
  .sort();

/** One connection. `seen` holds all that came, `faults` what of it breaks the contract. */
export class Client {
  constructor(url, token, options = {}) {
    this.seen = [];
    this.faults = [];
    this.socket = io(url, { auth: { token }, forceNew: true, reconnection: false, ...options });
    this.socket.onAny((event, data, ...more) => {
      this.seen.push({ event, data });
      if (more.length > 0) this.faults.push(`${event} came with ${more.length} arguments too many`);
      const fault = faultOf(`server.${event}`, data);
      if (fault) this.faults.push(fault);
    });
  }

  static async open(server, person, options) {
    const client = new Client(server.url, person.accessToken, options);
    await client.connected();
    return client;
  }

  connected() {
    if (this.socket.connected) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.socket.once('connect', resolve);
      this.socket.once('connect_error', reject);
    });
  }

  /** The whole acknowledgement. */
  async ask(event, argument = {}) {
    const answer = await this.socket.timeout(15_000).emitWithAck(event, argument);
    const fault = faultOf(`${event}.ack`, answer);
    if (fault) this.faults.push(fault);
    return answer;
  }

  /** Its data; throws where it is refused. */
  async do(event, argument = {}) {
    if (typeof argument === 'object') {
      const fault = faultOf(event, argument);
      if (fault) this.faults.push(fault);
    }
    const answer = await this.ask(event, argument);
    assert.equal(answer.ok, true, `${event} was refused: ${JSON.stringify(answer.error)}`);
    return answer.data;
  }

  /** The error of an event that must be refused. */
  async refused(event, argument = {}) {
    const answer = await this.ask(event, argument);
    assert.equal(answer.ok, false, `${event} was not refused`);
    return answer.error;
  }

  of(event) {
    return this.seen.filter((each) => each.event === event).map((each) => each.data);
  }

  /** Data of the first such event, from now or before, for which `fits` holds. */
  got(event, fits = () => true) {
    return waitFor(event, () => this.of(event).find(fits));
  }

  close() {
    this.socket.close();
  }
}
