"use client";

import type { Example } from "#lib/contract/index";
import { activationStep } from "./activation";
import { saveFile } from "./clipboard";
import type { CardFeature } from "./context-list";
import { denseValues } from "./dense-values";
import { formatActivation, formatCount } from "./format";
import { visibleText } from "./visible-text";

/** A context and the tokens of it that are drawn. */
export interface ContextPicture {
  example: Example;
  feature: Pick<CardFeature, "saeId" | "index" | "max">;
  from: number;
  to: number;
}

const WIDTH = 760;
const PADDING = 24;
const LINE = 28;
const FONT = 15;
/** Device pixels a CSS pixel: sharp when it is enlarged. */
const SCALE = 2;
const BOS = 50_256;

/** Copies the picture; where a browser cannot, it is saved instead. */
export async function copyImage(picture: ContextPicture): Promise<string> {
  const canCopy = "clipboard" in navigator && "ClipboardItem" in window;
  if (!canCopy) return downloadImage(picture);
  const blob = await drawContext(picture);
  await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
  return "Image copied";
}

export async function downloadImage(picture: ContextPicture): Promise<string> {
  const { saeId, index } = picture.feature;
  const { sequence, peakPosition } = picture.example;
  saveFile(
    `${saeId}-${index}-context-${sequence}-${peakPosition}.png`,
    await drawContext(picture),
  );
  return "Image saved";
}

/** The context as PNG, in the page's own colours, with legend and source. */
async function drawContext(picture: ContextPicture): Promise<Blob> {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("This browser does not draw images.");
  const look = pageLook();
  pen.font = `${FONT}px ${look.mono}`;
  const lines = layOut(picture, (text) => pen.measureText(text).width);
  const height = PADDING * 2 + LINE * (lines.length + 3);
  canvas.width = WIDTH * SCALE;
  canvas.height = height * SCALE;
  pen.scale(SCALE, SCALE);
  pen.fillStyle = look.surface;
  pen.fillRect(0, 0, WIDTH, height);
  pen.textBaseline = "middle";
  const { saeId, index, max } = picture.feature;
  const { peakValue, document: source } = picture.example;

  pen.font = `600 ${FONT}px ${look.font}`;
  pen.fillStyle = look.text;
  pen.fillText(
    `Feature ${index}, activation ${formatActivation(peakValue)}`,
    PADDING,
    PADDING + LINE / 2,
  );
  pen.font = `${FONT}px ${look.mono}`;
  lines.forEach((pieces, row) => {
    for (const piece of pieces) drawPiece(pen, look, piece, row + 1);
  });
  drawLegend(pen, look, max, PADDING + LINE * (lines.length + 1.6));
  pen.font = `12px ${look.font}`;
  pen.fillStyle = look.muted;
  pen.fillText(
    `${saeId} · ${source.title}, token ${formatCount(source.tokenOffset)}`,
    PADDING,
    PADDING + LINE * (lines.length + 2.5),
    WIDTH - 2 * PADDING,
  );
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("The image could not be made."));
    }, "image/png");
  });
}

interface Look {
  font: string;
  mono: string;
  surface: string;
  text: string;
  muted: string;
  onFill: string;
  line: string;
  fills: string[];
}

/** What the style sheet says under the theme that is on. */
function pageLook(): Look {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    font: of("font"),
    mono: of("mono"),
    surface: of("surface"),
    text: of("text"),
    muted: of("muted"),
    onFill: of("act-text"),
    line: of("act-line"),
    fills: [1, 2, 3, 4].map((step) => of(`act-${step}`)),
  };
}

/** A token, or a part of one, on a line. */
export interface Piece {
  text: string;
  x: number;
  width: number;
  /** 0: silent. */
  step: number;
  peak: boolean;
}

/** Breaks the tokens into lines; exported for its test. */
export function layOut(
  { example, feature, from, to }: ContextPicture,
  measure: (text: string) => number,
): Piece[][] {
  const values = denseValues(example.tokens.length, example);
  const room = WIDTH - 2 * PADDING;
  const lines: Piece[][] = [[]];
  let x = 0;
  for (let i = from; i < to; i++) {
    const bos = example.tokenIds[i] === BOS;
    const text = bos ? " ‖ " : visibleText(example.tokens[i]!);
    const step = bos ? 0 : activationStep(values[i] ?? 0, feature.max);
    for (const part of parts(text, room, measure)) {
      const width = measure(part);
      if (x + width > room && x > 0) {
        lines.push([]);
        x = 0;
      }
      const peak = i === example.peakPosition;
      lines.at(-1)!.push({ text: part, x, width, step, peak });
      x += width;
    }
  }
  return lines;
}

/** A token that is wider than a line is cut. */
function parts(
  text: string,
  room: number,
  measure: (text: string) => number,
): string[] {
  if (measure(text) <= room) return [text];
  const out = [""];
  for (const character of text) {
    if (measure(out.at(-1)! + character) > room) out.push("");
    out[out.length - 1] += character;
  }
  return out;
}

function drawPiece(
  pen: CanvasRenderingContext2D,
  look: Look,
  { text, x, width, step, peak }: Piece,
  row: number,
): void {
  const left = PADDING + x;
  const top = PADDING + row * LINE;
  if (step > 0) {
    pen.fillStyle = look.fills[step - 1]!;
    pen.fillRect(left, top + 3, width, LINE - 8);
    pen.fillStyle = look.line;
    pen.fillRect(left, top + LINE - 5, width, step);
  }
  if (peak) {
    pen.strokeStyle = look.line;
    pen.lineWidth = 1.5;
    pen.strokeRect(left - 1, top + 2, width + 2, LINE - 4 + step / 2);
  }
  pen.fillStyle = step > 0 ? look.onFill : look.text;
  pen.fillText(text, left, top + LINE / 2 - 1);
}

function drawLegend(
  pen: CanvasRenderingContext2D,
  look: Look,
  max: number,
  y: number,
): void {
  pen.font = `12px ${look.font}`;
  let x = PADDING;
  const write = (text: string, fill?: string, step = 0) => {
    const width = pen.measureText(text).width + (fill ? 14 : 8);
    if (fill) {
      pen.fillStyle = fill;
      pen.fillRect(x, y - 9, width, 17);
      pen.fillStyle = look.line;
      pen.fillRect(x, y + 8, width, step);
    }
    pen.fillStyle = fill ? look.onFill : look.muted;
    pen.fillText(text, x + (fill ? 7 : 0), y);
    x += width + 6;
  };
  write("Activation");
  look.fills.forEach((fill, i) => {
    write(
      i === 0 ? "> 0" : `> ${formatActivation((max * i) / 4)}`,
      fill,
      i + 1,
    );
  });
  write(`quarters of the feature’s maximum, ${formatActivation(max)}`);
}
