// A QR code as an SVG element: drawn here, since the server must not see what it says.

import { encode } from "uqr";

const SVG = "http://www.w3.org/2000/svg";
const BORDER = 2;

export function drawQr(text) {
  const { data, size } = encode(text, { ecc: "M", border: BORDER });
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  const path = document.createElementNS(SVG, "path");
  const dots = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")));
  path.setAttribute("d", dots.join(""));
  svg.append(path);
  return svg;
}
