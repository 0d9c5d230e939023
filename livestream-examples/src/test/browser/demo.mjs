// Looks at the demo's page in a real browser: node demo.mjs URL CHROMIUM [SCREENSHOT]
// Says what is wrong and exits 1 unless the video moves, has a picture, and the figures are there.

import { chromium } from 'playwright-core';

const [url, executablePath, screenshot] = process.argv.slice(2);
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required',
];

const browser = await chromium.launch({ executablePath, args: FLAGS });
const complaints = [];
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  page.on('pageerror', (error) => complaints.push(`the page failed: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('favicon')) complaints.push(`the page complains: ${message.text()}`);
  });
  await page.goto(url);
  await page.waitForFunction(() => document.querySelector('video').currentTime > 0, null, { timeout: 20_000 });
  const before = await page.evaluate(() => document.querySelector('video').currentTime);
  await page.waitForFunction((t) => document.querySelector('video').currentTime > t + 3, before, { timeout: 20_000 });
  const picture = await page.evaluate(look);
  const shown = await page.evaluate(() => ({
    state: document.getElementById('state').textContent,
    latency: document.getElementById('latency').textContent,
    viewers: document.querySelectorAll('#peers tr').length,
    links: document.querySelectorAll('#graph path').length,
    rejected: document.getElementById('rejected').textContent,
    currentTime: document.querySelector('video').currentTime,
    buffered: document.querySelector('video').buffered.length,
  }));
  console.log(JSON.stringify({ ...picture, ...shown }));
  if (picture.colours < 8) complaints.push(`the picture is blank: ${picture.colours} colours`);
  if (!picture.moves) complaints.push('the picture stands still');
  if (shown.viewers < 1) complaints.push('no viewer is listed');
  if (shown.links < 1) complaints.push('nobody feeds anybody');
  if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });
} catch (error) {
  complaints.push(error.message);
} finally {
  await browser.close();
}
for (const complaint of complaints) console.error(complaint);
process.exit(complaints.length > 0 ? 1 : 0);

// How many colours the video shows (four bits each of red, green, blue), and whether it changes.
async function look() {
  const video = document.querySelector('video');
  const canvas = document.createElement('canvas');
  canvas.width = 160;
  canvas.height = 90;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const grab = () => {
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  const first = grab();
  let moves = false;
  for (let i = 0; i < 50 && !moves; i++) {
    await new Promise((done) => setTimeout(done, 100));
    const second = grab();
    moves = first.some((value, at) => Math.abs(value - second[at]) > 32);
  }
  const colours = new Set();
  for (let i = 0; i < first.length; i += 4) colours.add((first[i] >> 4) << 8 | (first[i + 1] >> 4) << 4 | first[i + 2] >> 4);
  return { colours: colours.size, moves };
}
