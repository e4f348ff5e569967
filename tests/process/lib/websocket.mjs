// As much of a WebSocket client (RFC 6455) as these tests need, on a bare socket: Node 18 has none. And the little of
// protobuf that tells which message a server frame is.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';

const kGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
export const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

export class WebSocketClient {
  #buffer = Buffer.alloc(0);
  frames = [];
  ended = false;

  /** Resolves when the server has switched protocols; rejects with its status line otherwise. answersClose: whether a
   *  close frame is answered, as clients do that still run. */
  static async open(port, target, { answersClose = true } = {}) {
    const client = new WebSocketClient();
    client.answersClose = answersClose;
    client.socket = net.connect(port, '127.0.0.1');
    client.socket.on('error', () => {});
    client.socket.on('close', () => (client.ended = true));
    await once(client.socket, 'connect');
    const key = randomBytes(16).toString('base64');
    client.socket.write(
      `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
    const head = await client.#readHead();
    if (!head.startsWith('HTTP/1.1 101')) {
      client.socket.destroy();
      throw new Error(head.split('\r\n')[0]);
    }
    const accept = createHash('sha1')
      .update(key + kGuid)
      .digest('base64');
    if (!head.toLowerCase().includes(`sec-websocket-accept: ${accept.toLowerCase()}`)) {
      throw new Error(`wrong Sec-WebSocket-Accept in ${head}`);
    }
    client.socket.on('data', (bytes) => client.#take(bytes));
    client.#take(Buffer.alloc(0));
    return client;
  }

  async #readHead() {
    for (;;) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      if (end >= 0) {
        const head = this.#buffer.subarray(0, end).toString('latin1');
        this.#buffer = this.#buffer.subarray(end + 4);
        return head;
      }
      const [bytes] = await once(this.socket, 'data');
      this.#buffer = Buffer.concat([this.#buffer, bytes]);
    }
  }

  #take(bytes) {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    for (;;) {
      const frame = this.#cut();
      if (!frame) return;
      this.frames.push(frame);
      if (frame.opcode === opcodes.close && this.answersClose) {
        this.send(opcodes.close, frame.payload.subarray(0, 2));
        this.socket.end();
      }
    }
  }

  // Server frames are unmasked and, from this server, never fragmented.
  #cut() {
    const b = this.#buffer;
    if (b.length < 2) return undefined;
    let size = b[1] & 0x7f;
    let at = 2;
    if (size === 126) {
      if (b.length < 4) return undefined;
      size = b.readUInt16BE(2);
      at = 4;
    } else if (size === 127) {
      if (b.length < 10) return undefined;
      size = Number(b.readBigUInt64BE(2));
      at = 10;
    }
    if (b.length < at + size) return undefined;
    this.#buffer = b.subarray(at + size);
    return { opcode: b[0] & 0x0f, payload: Buffer.from(b.subarray(at, at + size)) };
  }

  send(opcode, payload) {
    const mask = randomBytes(4);
    const masked = Buffer.from(payload.map((byte, i) => byte ^ mask[i % 4]));
    this.socket.write(Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | payload.length]), mask, masked]));
  }

  /** Payloads of the SignalResponse messages whose oneof is field `number`. */
  signals(number) {
    return this.frames
      .filter((frame) => frame.opcode === opcodes.binary)
      .map((frame) => fieldsOf(frame.payload).get(number))
      .filter((value) => value !== undefined);
  }
}

/** Field number -> last value (Buffer for length-delimited, BigInt for varint) of one protobuf message. */
export function fieldsOf(bytes) {
  const fields = new Map();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const wire = tag & 7;
    if (wire === 0) {
      fields.set(tag >> 3, varint());
    } else if (wire === 2) {
      const size = Number(varint());
      fields.set(tag >> 3, bytes.subarray(at, at + size));
      at += size;
    } else {
      at += wire === 1 ? 8 : 4;
    }
  }
  return fields;
}
