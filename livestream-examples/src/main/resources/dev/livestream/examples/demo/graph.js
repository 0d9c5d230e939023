// Draws who feeds whom: the broadcaster in the middle, its viewers around it.

const SVG = 'http://www.w3.org/2000/svg';
const RADIUS = { x: 240, y: 175 };

export class SwarmGraph {
  #svg;
  #links = make('g');
  #nodes = make('g');
  #known = '';
  #focus = null;

  constructor(svg) {
    this.#svg = svg;
    svg.append(this.#links, this.#nodes);
  }

  draw({ broadcaster, viewers, links }) {
    const places = new Map([[broadcaster.id, { x: 0, y: 0 }]]);
    viewers.forEach((viewer, i) => {
      const angle = (2 * Math.PI * i) / viewers.length - Math.PI / 2;
      places.set(viewer.id, { x: RADIUS.x * Math.cos(angle), y: RADIUS.y * Math.sin(angle) });
    });
    this.#drawNodes(broadcaster, viewers, places);
    this.#drawLinks(broadcaster, links, places);
    this.#mark();
  }

  #drawNodes(broadcaster, viewers, places) {
    const known = [...places.keys()].join();
    if (known === this.#known) return;
    this.#known = known;
    const size = viewers.length > 16 ? 9 : 17;
    const nodes = [{ id: broadcaster.id, label: 'B', title: 'broadcaster', kind: 'source' }];
    viewers.forEach((viewer, i) =>
      nodes.push({ id: viewer.id, label: size > 9 ? i + 1 : '', title: viewer.name, kind: i === 0 ? 'shown' : '' }));
    this.#nodes.replaceChildren(...nodes.map((node) => {
      const { x, y } = places.get(node.id);
      const group = make('g', { class: `node ${node.kind}`, transform: `translate(${x} ${y})` });
      group.dataset.id = node.id;
      const title = make('title');
      title.textContent = `${node.title} (${node.id})`;
      const label = make('text');
      label.textContent = node.label;
      group.append(title, make('circle', { r: node.kind === 'source' ? 24 : size }), label);
      group.addEventListener('pointerenter', () => this.#point(node.id));
      group.addEventListener('pointerleave', () => this.#point(null));
      return group;
    }));
  }

  #drawLinks(broadcaster, links, places) {
    const drawn = links.filter((link) => places.has(link.from) && places.has(link.to));
    this.#links.replaceChildren(...drawn.map((link) => {
      const a = places.get(link.from);
      const b = places.get(link.to);
      // Bent to the left, so that two peers that feed each other show as two lines.
      const bend = 0.13;
      const x = (a.x + b.x) / 2 + (b.y - a.y) * bend;
      const y = (a.y + b.y) / 2 - (b.x - a.x) * bend;
      const path = make('path', {
        class: link.from === broadcaster.id ? 'link source' : 'link',
        d: `M${a.x} ${a.y}Q${x} ${y} ${b.x} ${b.y}`,
        'stroke-width': Math.sqrt(link.parts) * 1.3,
      });
      path.dataset.from = link.from;
      path.dataset.to = link.to;
      return path;
    }));
  }

  #point(id) {
    this.#focus = id;
    this.#mark();
  }

  #mark() {
    const focus = this.#focus;
    this.#svg.classList.toggle('focused', focus !== null);
    const on = new Set([focus]);
    for (const link of this.#links.children) {
      const own = link.dataset.from === focus || link.dataset.to === focus;
      link.classList.toggle('on', own);
      if (own) on.add(link.dataset.from).add(link.dataset.to);
    }
    for (const node of this.#nodes.children) node.classList.toggle('on', on.has(node.dataset.id));
  }
}

function make(name, attributes = {}) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
