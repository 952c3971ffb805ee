package org.espalier.engine.sparse;

import org.espalier.engine.kernel.ConvolutionShape;

/**
 * The panels of a convolution.
 *
 * @param rows direction of the images' rows
 * @param columns direction of the images' columns
 * @param images layout of what is convolved
 * @param results layout of the results and their gradients
 */
record ConvolutionLayout(Axis rows, Axis columns, ImageLayout images, ImageLayout results) {
  static ConvolutionLayout of(ConvolutionShape shape) {
    Axis rows = new Axis(shape.height(), shape.kernelHeight(), shape.stride(), shape.padding());
    Axis columns = new Axis(shape.width(), shape.kernelWidth(), shape.stride(), shape.padding());
    return new ConvolutionLayout(
        rows,
        columns,
        ImageLayout.images(rows, columns, shape.batch(), shape.inputs()),
        ImageLayout.results(rows, columns, shape.batch(), shape.outputs()));
  }
}
