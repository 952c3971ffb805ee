package org.espalier.experiment;

import org.espalier.engine.tensor.TensorProducts;

/**
 * A tensor of weights in numbers.
 *
 * @param name {@code owner/key}
 * @param shape such as {@code 500x800}
 * @param size number of weights
 * @param nonzeros how many of them are not masked
 * @param products of each weight with one example
 */
public record TensorCount(
    String name, String shape, long size, long nonzeros, TensorProducts products) {

  /** The same tensor with so many weights that are not masked. */
  TensorCount keeping(long weights) {
    return new TensorCount(name, shape, size, weights, products);
  }

  /** The same tensor, whose weights are drawn in training by mean and variance. */
  TensorCount drawn() {
    return new TensorCount(name, shape, size, nonzeros, products.drawn());
  }

  /** Multiply-adds of one example's forward pass, masked weights left out. */
  public long macs() {
    return Math.multiplyExact(nonzeros, products.inference());
  }

  /** Multiply-adds of one example's forward pass with all weights. */
  public long denseMacs() {
    return Math.multiplyExact(size, products.inference());
  }

  /** Multiply-adds of one example in a step of training, masked weights left out of all passes. */
  public long trainingMacs() {
    return Math.multiplyExact(nonzeros, products.training());
  }

  /** Multiply-adds of one example in a step of training with all weights. */
  public long denseTrainingMacs() {
    return Math.multiplyExact(size, products.training());
  }
}
