package org.espalier.engine.sparse;

import org.espalier.engine.kernel.sparse.Panel;

/**
 * The memory of a convolution, and the places in it where its rows begin.
 *
 * @param images what is convolved, later its gradient
 * @param results of the convolution, later their gradient
 * @param windows `[result rows]`: what the kernels of a row of the results read
 * @param resultRows `[result rows]`: their first columns, channel by channel
 * @param imageRows `[row phases][rows]`: their first columns, channel by channel and phase by phase
 * @param gradientWindows `[rows]`: what the gradient of a row of any phase reads
 * @param imageWidth floats of a row of the images that are computed together
 * @param resultWidth floats of a row of the results that are computed together
 */
record ConvolutionPanels(
    Panel images,
    Panel results,
    Panel[] windows,
    Panel[] resultRows,
    Panel[][] imageRows,
    Panel[] gradientWindows,
    int imageWidth,
    int resultWidth) {
  static ConvolutionPanels of(ConvolutionLayout layout) {
    ImageLayout of = layout.images();
    ImageLayout to = layout.results();
    Axis axis = layout.rows();
    Panel images = of.memory();
    Panel results = to.memory();
    Panel[][] imageRows = new Panel[axis.phases()][];
    for (int phase = 0; phase < imageRows.length; phase++) {
      int above = phase * axis.phaseLength() + axis.lead();
      Panel first = images.moved(above * of.rowLength() + of.lead());
      imageRows[phase] = rows(first, axis.count(phase), of.rowLength());
    }
    Panel firstResult = results.moved(axis.resultLead() * to.rowLength() + to.lead());
    return new ConvolutionPanels(
        images,
        results,
        rows(images, axis.results(), of.rowLength()),
        rows(firstResult, axis.results(), to.rowLength()),
        imageRows,
        rows(results, axis.most(), to.rowLength()),
        of.width(),
        to.width());
  }

  private static Panel[] rows(Panel first, int count, int rowLength) {
    Panel[] rows = new Panel[count];
    for (int row = 0; row < count; row++) {
      rows[row] = first.moved(row * rowLength);
    }
    return rows;
  }
}
