"use strict";
// The overview's map: country outlines that ship with the desk, one circle a place. The table beside it lists the same.

let outlines = null;

async function countries() {
  if (!outlines) {
    const world = await (await fetch(underRoot("/static/countries-50m.json"))).json();
    outlines = topojson.feature(world, world.objects.countries);
    for (const country of outlines.features) unwrap(country.geometry.coordinates);
    outlines.features = outlines.features.filter((country) => country.properties.name !== "Antarctica");
  }
  return outlines;
}

// A ring across the 180th meridian stays in one piece, its far side beyond 180 degrees.
function unwrap(part) {
  if (typeof part[0][0] !== "number") return part.forEach(unwrap);
  for (let n = 1; n < part.length; n += 1) {
    while (part[n][0] - part[n - 1][0] > 180) part[n][0] -= 360;
    while (part[n][0] - part[n - 1][0] < -180) part[n][0] += 360;
  }
  return part;
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

async function drawMap() {
  const box = document.getElementById("map");
  if (!box || box.dataset.drawn) return;
  box.dataset.drawn = "1";
  const [land, spots] = await Promise.all([countries(), fetch(box.dataset.spots).then((answer) => answer.json())]);
  const inner = document.createElement("div"); // Leaflet styles its element, which htmx would copy to the next one
  inner.className = "map-inner";
  box.append(inner);
  const map = L.map(inner, { preferCanvas: true, attributionControl: false, zoomSnap: 0.5, minZoom: 1, maxZoom: 12, worldCopyJump: true });
  map.setView([25, 40], 2);
  const style = () => ({ fillColor: colour("--land"), color: colour("--border"), weight: 0.8, fillOpacity: 1 });
  const ground = L.geoJSON(land, { interactive: false, style }).addTo(map);
  const most = Math.max(1, ...spots.map((spot) => spot.n));
  const marks = spots.map((spot) => mark(spot, most, box).addTo(map));
  if (marks.length) map.fitBounds(L.featureGroup(marks).getBounds().pad(0.25), { maxZoom: 7 });
  box.dataset.ready = String(spots.length);
  document.addEventListener("theme", () => {
    ground.setStyle(style());
    marks.forEach((one, n) => one.setStyle(look(spots[n])));
  });
}

function look(spot) {
  const ink = colour("--accent");
  return { color: spot.exact ? colour("--card") : ink, weight: spot.exact ? 1 : 1.6, dashArray: spot.exact ? null : "3 2",
    fillColor: ink, fillOpacity: spot.exact ? 0.75 : 0.18 };
}

function mark(spot, most, box) {
  const radius = 4 + 12 * Math.sqrt(spot.n / most);
  const one = L.circleMarker([spot.lat, spot.lon], { radius, ...look(spot) });
  const link = document.createElement("a");
  link.href = spot.n === 1 ? underRoot(`/incidents/${spot.incident}`) : box.dataset.here.replace("HERE", `${spot.lat},${spot.lon}`);
  link.textContent = `${spot.n} ${spot.n === 1 ? box.dataset.one : box.dataset.many}: ${box.dataset.open}`;
  return one.bindPopup(link);
}

addEventListener("DOMContentLoaded", drawMap);
document.addEventListener("htmx:after:swap", drawMap);
