/* What tests ask a page in the browser: where the keyboard stops, what shows there, and every contrast.
   Colours are those that the browser resolved, laid over each other as it paints them. */
(() => {
  if (window.probe) return; // one page may be asked several times
  const colours = text =>
    [...text.matchAll(/rgba?\(([^)]*)\)|color\(srgb ([^)]*)\)/g)].map(([, rgb, srgb]) => {
      const [r, g, b, alpha = 1] = (rgb ?? srgb).split(/[\s,/]+/).filter(Boolean).map(Number);
      return srgb ? [r * 255, g * 255, b * 255, alpha] : [r, g, b, alpha];
    });
  const over = ([r, g, b, alpha], [R, G, B]) =>
    [r * alpha + R * (1 - alpha), g * alpha + G * (1 - alpha), b * alpha + B * (1 - alpha), 1];
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const seen = e => {
    const box = e.getBoundingClientRect();
    return e.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1;
  };

  // What an element may stand on: its ground, and every colour of a gradient painted on the way down to it.
  let known = new Map();
  const grounds = e => known.get(e) ?? (known.set(e, groundsAnew(e)), known.get(e));
  const groundsAnew = e => {
    if (!e) return [[255, 255, 255, 1]];
    const style = getComputedStyle(e);
    const below = () => grounds(e.parentElement);
    const [paint] = colours(style.backgroundColor);
    const ground = !paint || paint[3] === 0 ? below() : paint[3] === 1 ? [paint] : below().map(g => over(paint, g));
    const gradient = colours(style.backgroundImage).filter(c => c[3] > 0);
    return [...ground, ...gradient.map(c => over(c, ground[0]))];
  };
  // The same for a label in a drawing: the topmost filled shape below its middle.
  const groundsInDrawing = text => {
    text.scrollIntoView({ block: "center" }); // what lies at a place is known only on the screen
    const box = text.getBoundingClientRect();
    const stack = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    for (const e of stack) {
      if (!(e instanceof SVGElement)) return grounds(e);
      if (e.closest("text") || e.tagName === "svg") continue;
      const style = getComputedStyle(e), [fill] = colours(style.fill);
      if (fill && fill[3] * style.fillOpacity * style.opacity > 0.99) return [fill];
    }
    return grounds(text.closest("div"));
  };
  const lowest = (colour, on) => Math.min(...on.map(ground => ratio(over(colour, ground), ground)));
  const place = e => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""} ${e.textContent.trim().slice(0, 40)}`;

  // One pair per visible text: its contrast and where it is.
  const texts = () => {
    known = new Map();
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const e = node.parentElement;
      if (!node.data.trim() || !seen(e) || e.closest("style")) continue;
      const svg = e.closest("svg"), style = getComputedStyle(e);
      const [colour] = colours(svg ? style.fill : style.color);
      found.push([lowest(colour, svg ? groundsInDrawing(e) : grounds(e)), place(e)]);
    }
    return found;
  };
  // One pair per border of two pixels and more: they carry meaning; hairlines only part rows.
  const edges = () => {
    const found = [];
    for (const e of document.querySelectorAll("body *")) {
      if (!seen(e) || e.closest("svg")) continue;
      const style = getComputedStyle(e);
      for (const side of ["Top", "Right", "Bottom", "Left"]) {
        const [colour] = colours(style[`border${side}Color`]);
        if (parseFloat(style[`border${side}Width`]) < 2 || !colour?.[3]) continue;
        found.push([lowest(colour, [...grounds(e), ...grounds(e.parentElement)]), `border ${side} of ${place(e)}`]);
      }
    }
    return found;
  };

  let stops = [];
  // The names of all places where the keyboard must stop, in the order of the document.
  const expectStops = () => {
    stops = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter(e => e.checkVisibility());
    return stops.map(place);
  };
  // Neighbouring stops of one part of the page that the eye meets the other way round.
  const misplaced = () => stops.slice(1).flatMap((stop, i) => {
    const last = stops[i], part = e => e.closest("header, .contents, .article, footer");
    if (!part(last) || part(stop) !== part(last)) return [];
    // What scrolls stands where its frame is for all that is outside of it.
    const frame = (e, other) => {
      const frames = [...document.querySelectorAll('[tabindex="0"]')];
      return frames.find(f => f.contains(e) && !f.contains(other)) ?? e;
    };
    const [a, b] = [frame(last, stop), frame(stop, last)].map(e => e.getClientRects()[0]);
    const goesUp = b.bottom <= a.top + 2 && b.left < a.right - 2;
    const goesBack = b.right <= a.left + 2 && b.bottom > a.top + 2 && b.top < a.bottom - 2;
    return goesUp || goesBack ? [`${place(stop)} after ${place(last)}`] : [];
  });
  // What scrolls by itself must be a stop of its own: only some browsers make it one unasked.
  const unreachable = () => [...document.querySelectorAll("body *")]
    .filter(e => e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX))
    .filter(e => e.tabIndex !== 0 || !e.hasAttribute("tabindex")).map(e => `no stop: ${place(e)}`);
  // The stop that has the focus: its number, and what is wrong with how it shows.
  const focused = () => {
    known = new Map();
    const e = document.activeElement, style = getComputedStyle(e), faults = [];
    if (e === document.body) return null;
    const [ring] = colours(style.outlineColor), reach = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
    if (style.outlineStyle !== "solid" || parseFloat(style.outlineWidth) < 2) faults.push("no ring");
    const frames = [new DOMRect(0, 0, innerWidth, innerHeight)];
    for (let a = e.parentElement; a && a !== document.body; a = a.parentElement)
      if (getComputedStyle(a).overflowX !== "visible") frames.push(a.getBoundingClientRect());
    for (const box of e.getClientRects()) {
      // Of a wide box browsers bring 32 pixels into sight; of a region only its start must be there.
      const left = Math.max(box.left, ...frames.map(f => f.left)), right = Math.min(box.right, ...frames.map(f => f.right));
      const top = Math.max(box.top, ...frames.map(f => f.top)), bottom = Math.min(box.bottom, ...frames.map(f => f.bottom));
      const least = [Math.min(box.width, 32), e.matches("[tabindex]") ? 1 : box.height];
      const covered = ![0.2, 0.5, 0.8].every(x => [0.25, 0.5, 0.75].every(y =>
        e.contains(document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y))));
      if (right - left < least[0] - 1 || bottom - top < least[1] - 1 || covered) faults.push("hidden");
      const beyond = (side, frame, sign) => side * sign <= frame * sign && (side + sign * reach) * sign > frame * sign + 1;
      if (frames.slice(1).some(f => beyond(box.left, f.left, -1) || beyond(box.right, f.right, 1)
        || beyond(box.top, f.top, -1) || beyond(box.bottom, f.bottom, 1))) faults.push("ring cut off");
    }
    return { stop: stops.indexOf(e), contrast: lowest(ring, grounds(e.parentElement)), faults, place: place(e) };
  };

  // What had the focus after each Tab: asked before the next one, so that nobody must ask from outside in between.
  let noted = [];
  document.addEventListener("keydown", event => event.key === "Tab" && noted.push(focused()), { capture: true });
  const noteSteps = () => { noted = []; };
  const steps = () => noted.length ? [...noted.slice(1), focused()] : [];

  window.probe = { texts, edges, expectStops, misplaced, unreachable, focused, noteSteps, steps };
})();
