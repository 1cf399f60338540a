// Lines of print on paper, as a scanner makes them: node draw-picture.mjs <image/png|image/jpeg> <lines as JSON> > picture
import { createRequire } from 'node:module';

const WIDTH = 1240;
const HEIGHT = 700;

const [type, lines] = process.argv.slice(2);
const require = createRequire(createRequire(import.meta.url).resolve('pdf-parse'));
const { createCanvas } = require('@napi-rs/canvas');
const canvas = createCanvas(WIDTH, HEIGHT);
const context = canvas.getContext('2d');
context.fillStyle = 'white';
context.fillRect(0, 0, WIDTH, HEIGHT);
context.fillStyle = 'black';
context.font = '40px serif';
for (const [at, line] of JSON.parse(lines).entries()) context.fillText(line, 60, 90 + at * 60);
process.stdout.write(canvas.toBuffer(type));
