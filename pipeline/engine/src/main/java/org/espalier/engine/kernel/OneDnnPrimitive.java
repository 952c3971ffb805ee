package org.espalier.engine.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * One direction of a convolution with everything that it refers to. oneDNN keeps addresses and no
 * references, so every object that a call needs is a field here until {@link #close}.
 */
final class OneDnnPrimitive implements AutoCloseable {
  private final primitive convolution;
  private final reorder reordering;
  private final memory image;
  private final memory kernel;
  private final memory ownKernel;
  private final memory result;
  private final IntMemoryMap arguments = new IntMemoryMap();
  private final boolean kernelIsResult;
  private final MemoryAddress address = new MemoryAddress();

  private OneDnnPrimitive(
      Shapes shapes, primitive convolution, memory.desc ownFormat, int[] names) {
    engine cpu = OneDnn.cpu();
    this.convolution = convolution;
    this.image = new memory(shapes.image, cpu, (Pointer) null);
    this.kernel = new memory(shapes.kernel, cpu, (Pointer) null);
    this.result = new memory(shapes.result, cpu, (Pointer) null);
    this.ownKernel = new memory(ownFormat, cpu);
    this.kernelIsResult = names[1] == DNNL_ARG_DIFF_WEIGHTS;
    this.reordering =
        kernelIsResult ? new reorder(ownKernel, kernel) : new reorder(kernel, ownKernel);
    arguments.put(names[0], image);
    arguments.put(names[1], ownKernel);
    arguments.put(names[2], result);
  }

  static OneDnnPrimitive forward(ConvolutionShape shape) {
    try (Shapes shapes = new Shapes(shape);
        var chosen = shapes.forward();
        memory.desc own = chosen.weights_desc()) {
      return new OneDnnPrimitive(
          shapes,
          new convolution_forward(chosen),
          own,
          new int[] {DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST});
    }
  }

  static OneDnnPrimitive backwardImages(ConvolutionShape shape) {
    try (Shapes shapes = new Shapes(shape);
        var hint = shapes.forward();
        var wish =
            new convolution_backward_data.desc(
                dnnl.algorithm.convolution_direct,
                shapes.image,
                shapes.anyKernel,
                shapes.result,
                shapes.strides,
                shapes.padding,
                shapes.padding);
        var chosen = new convolution_backward_data.primitive_desc(wish, OneDnn.cpu(), hint);
        memory.desc own = chosen.weights_desc()) {
      return new OneDnnPrimitive(
          shapes,
          new convolution_backward_data(chosen),
          own,
          new int[] {DNNL_ARG_DIFF_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DIFF_DST});
    }
  }

  static OneDnnPrimitive backwardKernels(ConvolutionShape shape) {
    try (Shapes shapes = new Shapes(shape);
        var hint = shapes.forward();
        var wish =
            new convolution_backward_weights.desc(
                dnnl.algorithm.convolution_direct,
                shapes.image,
                shapes.anyKernel,
                shapes.result,
                shapes.strides,
                shapes.padding,
                shapes.padding);
        var chosen = new convolution_backward_weights.primitive_desc(wish, OneDnn.cpu(), hint);
        memory.desc own = chosen.diff_weights_desc()) {
      return new OneDnnPrimitive(
          shapes,
          new convolution_backward_weights(chosen),
          own,
          new int[] {DNNL_ARG_SRC, DNNL_ARG_DIFF_WEIGHTS, DNNL_ARG_DIFF_DST});
    }
  }

  /** Runs on float32 values at these addresses. */
  void run(stream queue, long imageAt, long kernelAt, long resultAt) {
    image.set_data_handle(address.at(imageAt));
    kernel.set_data_handle(address.at(kernelAt));
    result.set_data_handle(address.at(resultAt));
    if (kernelIsResult) {
      convolution.execute(queue, arguments);
      reordering.execute(queue, ownKernel, kernel);
    } else {
      reordering.execute(queue, kernel, ownKernel);
      convolution.execute(queue, arguments);
    }
    queue._wait();
  }

  @Override
  public void close() {
    for (Pointer owned :
        List.of(arguments, reordering, convolution, image, kernel, ownKernel, result)) {
      owned.deallocate();
    }
  }

  /** The formats that a convolution is asked for; needed only while its primitive is made. */
  private static final class Shapes implements AutoCloseable {
    private static final memory.data_type FLOAT = memory.data_type.f32;

    final memory.desc image;
    final memory.desc kernel;
    final memory.desc anyKernel;
    final memory.desc result;
    final long[] strides;
    final long[] padding;

    Shapes(ConvolutionShape shape) {
      long[] kernels = {shape.outputs(), shape.inputs(), shape.kernelHeight(), shape.kernelWidth()};
      image =
          format(
              memory.format_tag.nhwc, shape.batch(), shape.inputs(), shape.height(), shape.width());
      kernel = format(memory.format_tag.oihw, kernels);
      anyKernel = format(memory.format_tag.any, kernels);
      result =
          format(
              memory.format_tag.nhwc,
              shape.batch(),
              shape.outputs(),
              shape.resultHeight(),
              shape.resultWidth());
      strides = new long[] {shape.stride(), shape.stride()};
      padding = new long[] {shape.padding(), shape.padding()};
    }

    convolution_forward.primitive_desc forward() {
      try (var wish =
          new convolution_forward.desc(
              dnnl.prop_kind.forward_training,
              dnnl.algorithm.convolution_direct,
              image,
              anyKernel,
              result,
              strides,
              padding,
              padding)) {
        return new convolution_forward.primitive_desc(wish, OneDnn.cpu());
      }
    }

    private static memory.desc format(memory.format_tag tag, long... sizes) {
      return new memory.desc(sizes, FLOAT, tag);
    }

    @Override
    public void close() {
      image.close();
      kernel.close();
      anyKernel.close();
      result.close();
    }
  }
}
