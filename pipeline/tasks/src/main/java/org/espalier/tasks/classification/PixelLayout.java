package org.espalier.tasks.classification;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.espalier.datasets.ImageShape;

/** The order in which a network takes the values of a batch of images. */
public enum PixelLayout {
  /** Rows of all values, channel by channel: `[batch, channels * height * width]`. */
  ROWS {
    @Override
    long[] shape(int batch, ImageShape image) {
      return new long[] {batch, image.bytes()};
    }

    @Override
    InputType type(ImageShape image) {
      return InputType.feedForward(image.bytes());
    }

    @Override
    int first(int channel, ImageShape image) {
      return channel * image.height() * image.width();
    }

    @Override
    int step(ImageShape image) {
      return 1;
    }
  },
  /** Images whose channels lie side by side: `[batch, height, width, channels]`. */
  CHANNELS_LAST {
    @Override
    long[] shape(int batch, ImageShape image) {
      return new long[] {batch, image.height(), image.width(), image.channels()};
    }

    @Override
    InputType type(ImageShape image) {
      return InputType.convolutional(
          image.height(), image.width(), image.channels(), CNN2DFormat.NHWC);
    }

    @Override
    int first(int channel, ImageShape image) {
      return channel;
    }

    @Override
    int step(ImageShape image) {
      return image.channels();
    }
  };

  /** Sizes of the array of a batch. */
  abstract long[] shape(int batch, ImageShape image);

  /** The array as DL4J speaks of it. */
  abstract InputType type(ImageShape image);

  /** The place of a channel's first value among those of an image. */
  abstract int first(int channel, ImageShape image);

  /** The distance of two neighbouring values of a channel. */
  abstract int step(ImageShape image);
}
