// Plays a live fragmented MP4 through Media Source Extensions, close to its end.

const AHEAD = 0.15; // seconds of media to hold in front of the picture
const LATE = 0.45; // from here on the picture runs a little faster
const LOST = 1.5; // from here on it jumps
const KEPT = 20; // seconds of media to keep behind it

export class LivePlayer {
  #video;
  #url;
  #queue = [];
  #buffer = null;

  constructor(video, url) {
    this.#video = video;
    this.#url = url;
  }

  // Plays until the stream ends or something fails; says which.
  async play() {
    const response = await fetch(this.#url);
    if (!response.ok) throw new Error(`The stream answers ${response.status}.`);
    const type = response.headers.get('Content-Type');
    if (!MediaSource.isTypeSupported(type)) throw new Error(`This browser does not play ${type}.`);
    const source = new MediaSource();
    this.#queue = [];
    this.#video.src = URL.createObjectURL(source);
    await new Promise((done) => source.addEventListener('sourceopen', done, { once: true }));
    URL.revokeObjectURL(this.#video.src);
    source.duration = Infinity;
    this.#buffer = source.addSourceBuffer(type);
    this.#buffer.addEventListener('updateend', () => this.#feed());
    const timer = setInterval(() => this.#follow(), 100);
    try {
      const reader = response.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        this.#queue.push(part.value);
        this.#feed();
      }
    } finally {
      clearInterval(timer);
    }
  }

  #feed() {
    const buffer = this.#buffer;
    if (buffer.updating) return;
    const past = this.#video.currentTime - KEPT;
    if (buffer.buffered.length > 0 && buffer.buffered.start(0) < past - KEPT) {
      buffer.remove(0, past);
    } else if (this.#queue.length > 0) {
      const bytes = this.#queue.length === 1 ? this.#queue[0] : concatenate(this.#queue);
      this.#queue = [];
      buffer.appendBuffer(bytes);
    }
  }

  // Stays near the end: nudges the speed while that is enough, jumps where it is not.
  #follow() {
    const video = this.#video;
    const ranges = this.#buffer.buffered;
    if (ranges.length === 0) return;
    const last = ranges.length - 1;
    const end = ranges.end(last);
    const behind = end - video.currentTime;
    if (video.currentTime < ranges.start(last) || behind > LOST) {
      video.currentTime = Math.max(ranges.start(last), end - AHEAD);
    }
    video.playbackRate = behind > LATE ? 1.07 : behind < AHEAD / 2 ? 0.96 : 1;
    if (video.paused) video.play().catch(() => {});
  }
}

function concatenate(parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
