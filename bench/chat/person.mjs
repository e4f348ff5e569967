// One connected person, as cheap as Node allows: Socket.IO's frames by hand over a WebSocket, so that many fit beside the
// server that is measured.
import WebSocket from 'ws';

const kMark = '"content":"@';

export class Person {
  /** onDelivered(sentAt): a message of the bench arrived that left at that time (ms of performance.now()). */
  constructor(url, auth, onDelivered) {
    this.acks = new Map();
    this.nextAck = 0;
    this.closed = false;
    this.ready = new Promise((resolve, reject) => {
      this.socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`, {
        perMessageDeflate: false,
      });
      this.socket.on('error', reject);
      this.socket.on('close', (code, reason) => {
        this.closed = true;
        reject(new Error(`closed: ${code} ${reason}`));
      });
      this.socket.on('message', (data) => this.take(data.toString('latin1'), auth, onDelivered, resolve, reject));
    });
  }

  take(text, auth, onDelivered, resolve, reject) {
    if (text.startsWith('42[')) {
      const mark = text.indexOf(kMark);
      if (mark > 0) onDelivered(Number.parseFloat(text.slice(mark + kMark.length, mark + kMark.length + 14)));
    } else if (text.startsWith('43')) {
      const bracket = text.indexOf('[');
      const id = Number(text.slice(2, bracket));
      this.acks.get(id)?.(text.slice(bracket));
      this.acks.delete(id);
    } else if (text === '2') {
      this.socket.send('3');
    } else if (text.startsWith('0')) {
      this.socket.send(`40${JSON.stringify(auth)}`);
    } else if (text.startsWith('40')) {
      resolve(this);
    } else if (text.startsWith('44')) {
      reject(new Error(`refused: ${text}`));
    }
  }

  /** Resolves with the text of the acknowledgement. */
  emit(event, body) {
    const id = this.nextAck++;
    return new Promise((resolve) => {
      this.acks.set(id, resolve);
      this.socket.send(`42${id}${JSON.stringify([event, body])}`);
    });
  }

  send(roomId, clientId, padding) {
    const content = `@${performance.now().toFixed(3).padStart(14)}${padding}`;
    return this.emit('send-message', { roomId, clientId, content });
  }

  close() {
    this.socket.terminate();
  }
}

/** Work of `count` items, `width` at a time. */
export async function inParallel(count, width, work) {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(width, count) }, async () => {
      while (next < count) await work(next++);
    }),
  );
}
