'use strict';

// Fractions on a stretched scale: equal distances are equal factors of what is left.
const CLOSEST_TO_ONE = 1e-5;
const stretched = (fraction) => -Math.log10(Math.max(1 - fraction, CLOSEST_TO_ONE));
const percent = (fraction) => `${+(100 * fraction).toFixed(2)}`;

const SHAPES = ['circle', 'triangle', 'rectRot', 'rect', 'star', 'crossRot'];
const USUAL = ['magnitude', 'random', 'variational-dropout', 'l0'];
let order = USUAL;
const knowMethods = (methods) => {
  order = [...USUAL, ...methods.filter((method) => !USUAL.includes(method))];
};
const slot = (method) => order.indexOf(method) % SHAPES.length;

const variable = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colour = (method) => variable(`--series-${slot(method)}`);
const faded = (hex, share) =>
  hex + Math.round(255 * share).toString(16).padStart(2, '0');

Chart.defaults.font.family = variable('--sans');
Chart.defaults.font.size = 13;
Chart.defaults.animation = false;
Chart.defaults.maintainAspectRatio = false;

/** Vertical lines from the lowest to the highest of several seeds. */
const whiskers = {
  id: 'whiskers',
  afterDatasetsDraw(chart) {
    const { ctx, scales, chartArea } = chart;
    ctx.save();
    ctx.beginPath();
    ctx.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height);
    ctx.clip();
    ctx.lineWidth = 1.5;
    chart.data.datasets.forEach((dataset, index) => {
      if (!chart.isDatasetVisible(index)) return;
      ctx.strokeStyle = dataset.borderColor;
      dataset.data.filter((point) => point.high > point.low).forEach((point) => {
        const x = scales.x.getPixelForValue(point.x);
        const ends = [point.low, point.high].map((y) => scales.y.getPixelForValue(y));
        ctx.beginPath();
        ctx.moveTo(x, ends[0]);
        ctx.lineTo(x, ends[1]);
        ends.forEach((y) => { ctx.moveTo(x - 4, y); ctx.lineTo(x + 4, y); });
        ctx.stroke();
      });
    });
    ctx.restore();
  },
};

/** Room between the legend and the highest tick label. */
const legendGap = {
  id: 'legendGap',
  beforeInit(chart) {
    const fit = chart.legend.fit;
    chart.legend.fit = function fitWithGap() {
      fit.call(this);
      this.height += 10;
    };
  },
};
Chart.register(legendGap);

const FEWEST_TICKS = 3;
const TICKS = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9999];
const FINE_TICKS = [1, 0.1, 0.01, 0.001, 0.0001].flatMap((unit) =>
  [10, 9, 8, 7, 6, 5, 4, 3, 2].map((tenths) => 1 - (tenths * unit) / 10));

/** Round fractions where enough of them are in view, else whatever the axis has chosen. */
const roundTicks = (axis, candidates) => [candidates, FINE_TICKS]
  .map((fractions) => fractions.map((fraction) => ({ value: stretched(fraction) }))
    .filter((tick) => tick.value >= axis.min - 1e-9 && tick.value <= axis.max + 1e-9))
  .find((ticks) => ticks.length >= FEWEST_TICKS) ?? axis.ticks;

const stretchedAxis = (title, candidates = TICKS) => ({
  type: 'linear',
  title: { display: true, text: title, color: variable('--quiet') },
  grid: { color: variable('--grid') },
  border: { color: variable('--rule') },
  afterBuildTicks: (axis) => { axis.ticks = roundTicks(axis, candidates); },
  ticks: {
    autoSkip: false,
    maxRotation: 0,
    color: variable('--quiet'),
    callback: (value) => percent(1 - 10 ** -value),
  },
});

const linearAxis = (title, ceiling) => ({
  type: 'linear',
  grace: '6%',
  title: { display: true, text: title, color: variable('--quiet') },
  grid: { color: variable('--grid') },
  border: { color: variable('--rule') },
  ticks: { color: variable('--quiet'), maxTicksLimit: 8 },
  afterDataLimits: (axis) => { axis.max = Math.min(axis.max, ceiling ?? Infinity); },
});

const tooltip = () => ({
  backgroundColor: variable('--panel'),
  titleColor: variable('--ink'),
  bodyColor: variable('--ink'),
  footerColor: variable('--quiet'),
  footerFont: { weight: 'normal' },
  borderColor: variable('--rule'),
  borderWidth: 1,
  padding: 10,
  boxPadding: 6,
  usePointStyle: true,
});

const legend = (keep) => ({
  position: 'top',
  align: 'start',
  labels: {
    color: variable('--ink'),
    usePointStyle: true,
    boxHeight: 7,
    padding: 16,
    filter: keep,
  },
});
