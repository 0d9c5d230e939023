import { LivePlayer } from './player.js';
import { SwarmGraph } from './graph.js';

const $ = (id) => document.getElementById(id);
const RETRY = 1000;
const REFRESH = 500;

const video = $('video');
const graph = new SwarmGraph($('graph'));
let begin = 0;
let before = null;

async function watch() {
  for (;;) {
    try {
      await new LivePlayer(video, 'stream').play();
      state('ended', '');
    } catch (error) {
      state(error instanceof TypeError ? 'the demo has ended' : error.message, 'lost');
    }
    await new Promise((done) => setTimeout(done, RETRY));
  }
}

async function refresh() {
  try {
    show(await (await fetch('swarm.json')).json());
  } catch {
    // The program has ended; the player says so.
  }
  setTimeout(refresh, REFRESH);
}

function show(swarm) {
  const { broadcaster, viewers } = swarm;
  begin = swarm.begin;
  const received = viewers.reduce((sum, viewer) => sum + viewer.received, 0);
  text('viewer-count', viewers.length);
  text('source-ratio', `${ratio(broadcaster.up, swarm.sent)} what it made`);
  text('received-ratio', `${ratio(received, swarm.sent)} what it made`);
  const seconds = before ? (swarm.now - before.now) / 1000 : 0;
  if (seconds > 0.9) {
    text('source-up', rate(broadcaster.up - before.up, seconds));
    text('received', rate(received - before.received, seconds));
  }
  if (!before || seconds > 0.9) before = { now: swarm.now, up: broadcaster.up, received };
  text('delay', `${millis(median(viewers.map((v) => v.p50)))} / ${millis(Math.max(...viewers.map((v) => v.p99)))}`);
  count('missed', viewers.reduce((sum, viewer) => sum + viewer.missed, 0));
  count('rejected', viewers.reduce((sum, viewer) => sum + viewer.rejected, 0));
  const most = Math.max(broadcaster.up, received, 1);
  $('bar-source').style.width = `${(100 * broadcaster.up) / most}%`;
  $('bar-sum').style.width = `${(100 * received) / most}%`;
  graph.draw(swarm);
  table(viewers);
}

function table(viewers) {
  $('peers').replaceChildren(...viewers.map((viewer) => {
    const row = document.createElement('tr');
    for (const cell of [viewer.name, viewer.id, bytes(viewer.received), bytes(viewer.up), millis(viewer.p50), viewer.missed]) {
      row.insertCell().textContent = cell;
    }
    return row;
  }));
}

function onFrame(_, frame) {
  if (begin > 0) {
    text('latency', millis(Math.max(0, Date.now() - begin - frame.mediaTime * 1000)));
  }
  state('live', 'live');
  video.requestVideoFrameCallback(onFrame);
}

function state(words, kind) {
  $('state').textContent = words;
  $('state').className = `state ${kind}`;
}

const text = (id, value) => { $(id).textContent = value; };
const count = (id, value) => { text(id, value); $(id).classList.toggle('bad', value > 0); };
const ratio = (part, whole) => (whole > 0 ? `${(part / whole).toFixed(2)} ×` : '–');
const rate = (size, seconds) => `${((size * 8) / seconds / 1e6).toFixed(2)} Mbit/s`;
const bytes = (size) => (size < 1e6 ? `${(size / 1e3).toFixed(0)} kB` : `${(size / 1e6).toFixed(1)} MB`);
const millis = (value) => (value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`);
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

$('sound').addEventListener('click', () => {
  video.muted = !video.muted;
  $('sound').textContent = video.muted ? 'Sound on' : 'Sound off';
});
if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(onFrame);
else video.addEventListener('timeupdate', () => state('live', 'live'));
watch();
refresh();
