'use strict';

const SPARSITY_TICKS = [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9999];

const RUNS_NAMED = 5;
const describe = (point) => [
  `${point.scoreText} at ${percent(point.sparsity)} % sparsity`,
  ...(point.runs.length > 1
    ? [`${point.rangeText} over ${point.runs.length} runs`]
    : []),
  `${point.kept} weights kept`,
];
const runNames = (point) => [
  ...point.runs.slice(0, RUNS_NAMED),
  ...(point.runs.length > RUNS_NAMED ? [`and ${point.runs.length - RUNS_NAMED} more`] : []),
];

function curveChart(study, scale) {
  const { title, factor, ceiling } = study.metric;
  const onY = scale === 'stretched' ? stretched : (value) => factor * value;
  const located = (method) => (point) => ({
    x: stretched(point.sparsity),
    y: onY(point.score),
    low: onY(point.min),
    high: onY(point.max),
    title: `${method} ${point.label}`,
    point,
  });
  const datasets = study.curves.flatMap(({ method, points }) => {
    const look = {
      label: method,
      borderColor: colour(method),
      backgroundColor: colour(method),
      pointStyle: SHAPES[slot(method)],
    };
    const on = points.filter((point) => point.onCurve).map(located(method));
    const off = points.filter((point) => !point.onCurve).map(located(method));
    return [
      { ...look, data: on, borderWidth: 2, pointRadius: 4.5, pointHoverRadius: 7 },
      ...(off.length === 0 ? [] : [{
        ...look,
        aside: true,
        data: off.map((point) => ({ ...point, low: point.y, high: point.y })),
        showLine: false,
        pointRadius: 2.5,
        borderColor: faded(colour(method), 0.35),
        backgroundColor: faded(colour(method), 0.35),
      }]),
    ];
  });
  const furthest = Math.max(1, ...datasets.flatMap((set) => set.data.map((point) => point.x)));
  const right = furthest + 0.06;
  if (study.dense) {
    const here = located('dense')({ ...study.dense, label: '' });
    datasets.push({
      label: 'dense',
      data: [{ ...here, x: 0 }, { ...here, x: right, low: here.y, high: here.y }],
      borderColor: variable('--quiet'),
      backgroundColor: variable('--quiet'),
      borderDash: [5, 4],
      borderWidth: 1.5,
      pointStyle: 'line',
      pointRadius: [6, 0],
      pointHitRadius: [10, 0],
    });
  }
  return {
    type: 'line',
    data: { datasets },
    plugins: [whiskers],
    options: {
      parsing: false,
      layout: { padding: { right: 8 } },
      interaction: { mode: 'nearest', intersect: true },
      elements: { point: { hitRadius: 10 } },
      scales: {
        x: { ...stretchedAxis('Sparsity, % (log scale of what is kept)', SPARSITY_TICKS), min: 0, max: right },
        y: scale === 'stretched'
          ? { ...stretchedAxis(`${title} (log scale of the error)`), grace: '6%' }
          : linearAxis(title, ceiling),
      },
      plugins: {
        legend: legend((item, data) => !data.datasets[item.datasetIndex].aside),
        tooltip: {
          ...tooltip(),
          callbacks: {
            title: (items) => items[0].raw.title,
            label: (item) => describe(item.raw.point),
            footer: (items) => runNames(items[0].raw.point),
          },
        },
      },
    },
  };
}

const POINTS_SHOWN = 6;
const TENSORS_AS_BARS = 12;

/** At most so many, evenly spread, the first and the last among them. */
const spread = (items, most) => items.length <= most ? items : Array.from(
  { length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]);

/** Bars for a few tensors; for many, a line through the network per operating point. */
function layerChart(study, method) {
  const shown = spread(study.layers.filter((layer) => layer.method === method), POINTS_SHOWN);
  const bars = study.tensors.length <= TENSORS_AS_BARS;
  const shade = (index) => faded(colour(method), 0.3 + (0.7 * (index + 1)) / shown.length);
  const datasets = shown.map((layer, index) => ({
    label: layer.label,
    data: layer.sparsity.map(stretched),
    fractions: layer.sparsity,
    backgroundColor: shade(index),
    ...(bars
      ? { maxBarThickness: 44, categoryPercentage: 0.8, barPercentage: 0.92 }
      : { borderColor: shade(index), borderWidth: 1.5, pointRadius: 2.5, pointHitRadius: 8 }),
  }));
  return {
    type: bars ? 'bar' : 'line',
    data: { labels: study.tensors, datasets },
    options: {
      scales: {
        x: {
          title: {
            display: !bars,
            text: 'Sparsifiable tensors, from input to output',
            color: variable('--quiet'),
          },
          grid: { display: false },
          border: { color: variable('--rule') },
          ticks: { display: bars, color: variable('--ink'), autoSkip: false },
        },
        y: {
          ...stretchedAxis('Sparsity, % (log scale)', SPARSITY_TICKS),
          ...(bars ? { min: 0 } : { grace: '6%' }),
          suggestedMax: bars ? 1 : undefined,
        },
      },
      plugins: {
        legend: { ...legend(), labels: { ...legend().labels, pointStyle: 'rect' } },
        tooltip: {
          ...tooltip(),
          callbacks: {
            label: ({ dataset, dataIndex }) =>
              `${method} ${dataset.label}: ${percent(dataset.fractions[dataIndex])} % zeros`,
          },
        },
      },
    },
  };
}
