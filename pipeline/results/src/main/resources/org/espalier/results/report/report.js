'use strict';

const studies = JSON.parse(document.getElementById('data').textContent);

knowMethods([...new Set(studies.flatMap((study) => study.curves.map((c) => c.method)))]);

/** A plot that is drawn again when its choice or the page's colours change. */
function plot(figure, configure, choice) {
  const canvas = figure.querySelector('canvas');
  let chart;
  let current = choice;
  const draw = () => {
    if (chart) chart.destroy();
    chart = new Chart(canvas, configure(current));
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  draw();
  return (next) => { current = next; draw(); };
}

function addScaleButtons(controls, choose) {
  const buttons = [['linear', 'Linear'], ['stretched', 'Log error']].map(([scale, text]) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.setAttribute('aria-pressed', String(scale === 'linear'));
    button.addEventListener('click', () => {
      buttons.forEach((other) => other.setAttribute('aria-pressed', String(other === button)));
      choose(scale);
    });
    return button;
  });
  controls.append(...buttons);
}

function addMethodChoice(controls, names, choose) {
  const select = document.createElement('select');
  select.setAttribute('aria-label', 'Method');
  names.forEach((name) => select.append(new Option(name, name)));
  select.addEventListener('change', () => choose(select.value));
  controls.append(select);
}

document.querySelectorAll('[data-study]').forEach((section) => {
  const study = studies[Number(section.dataset.study)];
  const curve = section.querySelector('.curve');
  if (curve) {
    const choose = plot(curve, (scale) => curveChart(study, scale), 'linear');
    if (study.metric.logError) addScaleButtons(curve.querySelector('.controls'), choose);
  }
  const layers = section.querySelector('.layers');
  if (layers) {
    const names = [...new Set(study.layers.map((layer) => layer.method))];
    const choose = plot(layers, (method) => layerChart(study, method), names[0]);
    addMethodChoice(layers.querySelector('.controls'), names, choose);
  }
});

/** A link to a run opens it. */
const reveal = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
};
addEventListener('hashchange', reveal);
document.querySelectorAll('.runs a').forEach((link) =>
  link.addEventListener('click', () => setTimeout(reveal)));
reveal();
